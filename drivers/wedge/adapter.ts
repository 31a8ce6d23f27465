import type { Clock } from '../../core/ports/clock.ts'
import type { Ids } from '../../core/ports/ids.ts'
import { type WedgeKey, type WedgeLayout, WedgeOptions } from '../../core/readers/protocol.ts'
import type { MediumReader, Presenting, ReaderEvents } from '../../core/readers/reader.ts'
import { DISABLED } from '../deviceSource.ts'
import { Emission } from '../emission.ts'
import { maskedText } from '../masking.ts'
import { calibratedLayout, type WedgeSymbol, wedgeSymbols } from './codec.ts'

export const WEDGE_READER_ID = 'wedge'

/** Keyboard-wedge scanners: the operating system owns them as keyboards, so a shell captures their keys and hands them in. */
export class WedgeReader implements MediumReader {
  readonly transport = 'wedge'
  readonly #emission: Emission
  readonly #options: WedgeOptions
  #calibrating: ((calibrated: { layout: WedgeLayout; gs: boolean } | null) => void) | null = null

  constructor(clock: Clock, ids: Ids, options: WedgeOptions = WedgeOptions.parse({})) {
    this.#emission = new Emission(clock, ids)
    this.#options = options
  }

  start(events: ReaderEvents): void {
    this.#emission.open(events)
    this.#reportReady()
  }

  setDataEventEnabled(enabled: boolean): void {
    this.#emission.setEnabled(enabled)
  }

  setPresenting(presenting: Presenting): void {
    this.#emission.setPresenting(presenting)
  }

  setDisabled(readerIds: ReadonlySet<string>): void {
    this.#emission.setDisabled(readerIds)
    this.#reportReady()
  }

  /** The next burst is the calibration code; null: no longer. */
  calibrate(done: ((calibrated: { layout: WedgeLayout; gs: boolean } | null) => void) | null): void {
    this.#calibrating = done
  }

  /** One burst, complete: the shell has seen its end. */
  receive(keys: readonly WedgeKey[]): void {
    const calibrating = this.#calibrating
    if (calibrating) {
      this.#calibrating = null
      calibrating(calibratedLayout(keys))
      return
    }
    for (const symbol of wedgeSymbols(keys, this.#options)) {
      this.#emission.scanned(WEDGE_READER_ID, symbol.outcome, () => trace(symbol))
    }
  }

  async stop(): Promise<void> {
    this.#emission.close()
  }

  #reportReady(): void {
    const disabled = this.#emission.isDisabled(WEDGE_READER_ID)
    this.#emission.health({
      readerId: WEDGE_READER_ID,
      transport: 'wedge',
      name: 'Keyboard scanner',
      ...(disabled ? DISABLED : { state: 'ready' }),
    })
  }
}

/** Which kinds of keys came, how fast; letters and digits by their kind only. */
function trace({ keys, text }: WedgeSymbol): { hex: string; text: string } {
  const named = keys.map(({ code, shift, ctrl, alt, atMs }) => {
    const key = code.replace(/^Key[A-Z]$/, 'Key·').replace(/^(Digit|Numpad)\d$/, '$1·')
    return `${Math.round(atMs)} ms ${ctrl ? 'Ctrl+' : ''}${alt ? 'Alt+' : ''}${shift ? 'Shift+' : ''}${key}`
  })
  return { hex: named.join('\n'), text: maskedText(text ?? '') }
}
