import type { Operator } from '../../core/contract/sessions.ts'
import type { OfflineSettings } from '../../core/contract/stations.ts'
import type { Scheduler } from '../../core/ports/scheduler.ts'
import { activeOverrides, mayOverride, type Override, type OverrideKind } from '../../core/redemption/overrides.ts'
import type { EventWriter } from '../session/eventWriter.ts'
import { type Refusal, refusal, STORAGE_FAILED } from '../session/model.ts'
import type { Journal } from '../store/counterStore.ts'

/** The longest a timer is set for: the clock may be measured anew meanwhile, and a suspended machine counts no time. */
const LOOK_AGAIN_MS = 60_000

export interface OverridesParts {
  readonly journal: Journal
  readonly events: EventWriter
  readonly scheduler: Scheduler
  /** Corrected, epoch milliseconds. */
  readonly now: () => number
  /** What head office allows today; null: not enrolled. */
  readonly settings: () => OfflineSettings | null
  /** The disk did not take a write. */
  readonly storageFailed: (detail: string) => void
  /** One began or ended; its event waits to be sent. */
  readonly changed: () => void
}

/** What the manager wants set aside. */
export interface OverrideWish {
  readonly kind: OverrideKind
  readonly minutes: number
  readonly reason: string
  readonly raisePercent: number | null
}

/**
 * What managers have set aside at this counter: on disk with its event before it counts, so that it survives a restart;
 * ended by itself, with an event again. Nothing that head office does not allow is ever on.
 */
export class Overrides {
  readonly #parts: OverridesParts
  #kept: readonly Override[]
  #cancelLook = () => {}

  constructor(parts: OverridesParts) {
    this.#parts = parts
    this.#kept = parts.journal.overrides()
    this.#lookLater()
  }

  /** What is on at this moment. */
  active(): readonly Override[] {
    const settings = this.#parts.settings()
    return settings && this.#kept.length > 0 ? activeOverrides(this.#kept, settings, this.#parts.now()) : []
  }

  /** Whether the counter decides alone though the server may answer. */
  forcedOffline(): boolean {
    return this.active().some(({ kind }) => kind === 'force_offline')
  }

  begin(wish: OverrideWish, { operatorId, name }: Operator): Refusal | null {
    const { journal, events, now, settings, changed } = this.#parts
    const bounds = settings()
    if (!bounds) return refusal('operator_not_allowed')
    const allowed = mayOverride(bounds, wish)
    if (!allowed.ok) return refusal(allowed.reason, allowed.params)
    const { kind, minutes, reason, raisePercent } = wish
    const since = now()
    const until = since + minutes * 60_000
    const override: Override = {
      kind,
      operatorId,
      name,
      reason,
      since,
      until,
      raisePercent: kind === 'force_offline' ? null : raisePercent,
    }
    const event = events.override({ action: 'begun', ...plain(override) })
    if (!this.#written(journal.keepOverride(override, event))) return STORAGE_FAILED
    this.#kept = journal.overrides()
    this.#lookLater()
    changed()
    return null
  }

  end(kind: OverrideKind, operatorId: string): Refusal | null {
    const override = this.#kept.find((one) => one.kind === kind)
    if (!override) return refusal('invalid_request')
    return this.#end(override, 'ended', operatorId) ? null : STORAGE_FAILED
  }

  /** Ends what is over: time has passed, or head office has changed its mind. */
  recheck(): void {
    const active = this.active()
    for (const override of this.#kept) {
      if (!active.some(({ kind }) => kind === override.kind)) this.#end(override, 'expired', null)
    }
    this.#lookLater()
  }

  stop(): void {
    this.#cancelLook()
  }

  #end(override: Override, action: 'ended' | 'expired', operatorId: string | null): boolean {
    const { journal, events, changed } = this.#parts
    const event = events.override({
      action,
      ...plain(override),
      ...(operatorId === null ? {} : { endedBy: operatorId }),
    })
    // Left unwritten on a full disk it is over all the same: `active` looks at the time, not at the row.
    if (!this.#written(journal.dropOverride(override.kind, event))) return false
    this.#kept = journal.overrides()
    changed()
    return true
  }

  #written(stored: ReturnType<Journal['keepOverride']>): boolean {
    if (!stored.ok) this.#parts.storageFailed(stored.detail)
    return stored.ok
  }

  #lookLater(): void {
    this.#cancelLook()
    if (this.#kept.length === 0) return
    const next = Math.min(...this.#kept.map(({ until }) => until)) - this.#parts.now()
    const waitMs = Math.min(LOOK_AGAIN_MS, Math.max(1_000, next))
    this.#cancelLook = this.#parts.scheduler.after(waitMs, () => this.recheck())
  }
}

/** As the journal says it. */
function plain({ kind, operatorId, reason, since, until, raisePercent }: Override) {
  return {
    policy: kind,
    operatorId,
    reason,
    since,
    until,
    ...(raisePercent === null ? {} : { raisePercent }),
  }
}
