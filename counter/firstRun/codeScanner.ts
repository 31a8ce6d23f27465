import { readInvitation } from '../../core/enrolment/invitation.ts'
import type { RawMedium } from '../../core/media/medium.ts'
import type { Scheduler } from '../../core/ports/scheduler.ts'
import { WEDGE_LAYOUTS, type WedgeKey, type WedgeLayout } from '../../core/readers/protocol.ts'

export interface CodeScannerParts {
  /** A code may come now. */
  readonly wants: () => boolean
  /** A text that was scanned, whatever it is. */
  readonly scanned: (text: string) => void
  /** Something was scanned that no text came of. */
  readonly unreadable: () => void
  /** Takes scanners that type for ones with this keyboard. */
  readonly tryLayout: (layout: WedgeLayout) => void
  /** Sends what a scanner has typed to the readers once more. */
  readonly retype: (keys: readonly WedgeKey[]) => void
  readonly scheduler: Scheduler
}

/**
 * Hears a code through any reader. A scanner that types may have been made for another keyboard than we think: what it typed
 * is then spelled again for every layout, so that its first scan is enough, and the layout is known from then on.
 */
export class CodeScanner {
  readonly #parts: CodeScannerParts
  #keys: readonly WedgeKey[] | null = null
  #layout = 0

  constructor(parts: CodeScannerParts) {
    this.#parts = parts
  }

  /** In which the code was spelled right; null: no scanner has typed one. */
  get layout(): WedgeLayout | null {
    return this.#keys === null ? null : (WEDGE_LAYOUTS[this.#layout] ?? null)
  }

  /** What a scanner types, on its way to the readers. */
  typing(keys: readonly WedgeKey[]): void {
    if (!this.#parts.wants()) return
    this.#keys = keys
    this.#try(0)
  }

  /** A card is no code, and is told like any other text. */
  read({ identifier }: RawMedium): void {
    if (!this.#parts.wants()) return
    if (!readInvitation(identifier).ok && this.#tryNext()) return
    this.#parts.scanned(identifier)
  }

  failed(): void {
    if (this.#parts.wants() && !this.#tryNext()) this.#parts.unreadable()
  }

  #tryNext(): boolean {
    const keys = this.#keys
    if (keys === null || this.#layout + 1 >= WEDGE_LAYOUTS.length) return false
    this.#try(this.#layout + 1)
    // The readers are held until this read has been dealt with.
    this.#parts.scheduler.after(0, () => this.#parts.retype(keys))
    return true
  }

  #try(layout: number): void {
    if (layout === this.#layout) return
    this.#layout = layout
    this.#parts.tryLayout(WEDGE_LAYOUTS[layout] ?? 'us')
  }
}
