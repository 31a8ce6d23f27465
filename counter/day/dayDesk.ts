import { SettingName } from '../../core/contract/counterSettings.ts'
import type { Operator } from '../../core/contract/sessions.ts'
import type { DayDeskAction, DayDesk as DayDeskView, ReconciledSpan } from '../../core/counter/dayDesk.ts'
import type { ShellView } from '../../core/counter/shellView.ts'
import type { CounterState } from '../../core/counter/state.ts'
import { unreachable } from '../../core/outcome.ts'
import type { ManagerGateway } from '../../core/ports/managerGateway.ts'
import { isoDate } from '../../core/qualification/localMoment.ts'
import { businessDayAt } from '../../core/qualification/periods.ts'
import { ManagerSession, type ManagerSessionParts } from '../managerSession.ts'
import { ManagerLine } from '../offline/managerLine.ts'
import type { PosSide } from '../pos/posSide.ts'
import { type Refusal, refusal, SERVER_UNREACHABLE, STORAGE_FAILED } from '../session/model.ts'
import type { SettingsInForce } from '../settingsInForce.ts'
import type { Journal, Replica, StationRecord } from '../store/counterStore.ts'
import { reconciledBooks } from './books.ts'
import { type Diagnosed, diagnostics } from './diagnostics.ts'
import { journalCsv, type SearchParts, searchJournal } from './journalSearch.ts'
import type { SaveFile } from './savedFiles.ts'

const DAY_MS = 86_400_000
/** Shifts that can be chosen. */
const SHIFTS_OF_DAYS = 8

export interface DayDeskParts extends ManagerSessionParts {
  readonly journal: Journal
  readonly replica: Pick<Replica, 'operators'>
  /** null: nobody to ask. */
  readonly managers: ManagerGateway | null
  readonly station: () => StationRecord | null
  readonly pos: () => PosSide
  /** Corrected time, epoch milliseconds. */
  readonly correctedNow: () => number
  /** null: files are not to be had here. */
  readonly save: SaveFile | null
  readonly state: () => Diagnosed
  /** The shell that shows this counter; absent: nobody says. */
  readonly shell: ShellView | undefined
  readonly storageFailed: () => void
  readonly settings: Pick<SettingsInForce, 'deskView' | 'choose'>
  readonly categories: CounterState['categories']
}

type Shown = Pick<DayDeskView, 'reconciled' | 'journal' | 'saved'> & Pick<DayDeskView['pos'], 'made'>
const NOTHING_SHOWN: Shown = { reconciled: null, journal: null, saved: null, made: null }

/** The manager's end of day. While it is open nothing that is presented becomes a visit. */
export class DayDesk {
  readonly #parts: DayDeskParts
  readonly #line: ManagerLine
  readonly #session: ManagerSession
  #shown: Shown = NOTHING_SHOWN

  constructor(parts: DayDeskParts) {
    this.#parts = parts
    this.#line = new ManagerLine(
      parts.managers,
      () => parts.station()?.store.storeId ?? null,
      () => parts.changed(),
    )
    this.#session = new ManagerSession(parts, () => {
      this.#line.close()
      this.#shown = NOTHING_SHOWN
    })
  }

  get isOpen(): boolean {
    return this.#session.current !== null
  }

  view(): DayDeskView | null {
    const session = this.#session.current
    const station = this.#parts.station()
    if (session === null || !station) return null
    const { operator, endsAt } = session
    const { journal, correctedNow, pos, settings, categories } = this.#parts
    const now = correctedNow()
    const { made, ...shown } = this.#shown
    const side = pos()
    return {
      operator: { operatorId: operator.operatorId, name: operator.name },
      endsAt,
      server: this.#line.view.server,
      today: isoDate(businessDayAt(now, station.store)),
      shifts: [...journal.shiftsIn({ from: now - SHIFTS_OF_DAYS * DAY_MS, until: now + 1 })],
      ...shown,
      settings: { ...settings.deskView(), categories: [...categories] },
      pos: {
        accesses: side.accesses.map(({ posId, name, origins, madeAt }) => ({
          posId,
          name,
          origins: [...origins],
          madeAt,
          present: side.isPresent(posId),
        })),
        made,
        ...side.bridge,
      },
    }
  }

  /** null: done or begun. What is refused changed nothing. */
  async carryOut(action: DayDeskAction): Promise<Refusal | null> {
    if (action.do === 'open') return this.#open(action.operatorId, action.pin)
    if (action.do === 'close' && !this.isOpen) return null
    return this.#session.act((operator) => this.#act(action, operator))
  }

  close(): void {
    this.#session.close()
  }

  /** Closes unless the manager is still allowed to be here. */
  recheck(mayManage: (operatorId: string) => boolean): void {
    this.#session.recheck(mayManage)
  }

  #open(operatorId: string, pin: string | undefined): Promise<Refusal | null> {
    return this.#session.open(operatorId, pin, (operator) => {
      this.#line.open(operator)
      void this.#begin(pin)
    })
  }

  /** Today's books at once: the counter's own, and the server's where it knows the manager. */
  async #begin(pin: string | undefined): Promise<void> {
    if (pin !== undefined) await this.#line.signIn(pin)
    const span = this.#span(isoDate(businessDayAt(this.#parts.correctedNow(), this.#station().store)), null)
    if (span && this.isOpen) await this.#reconcile(span)
    this.#parts.changed()
  }

  async #act(action: Exclude<DayDeskAction, { do: 'open' }>, operator: Operator): Promise<Refusal | null> {
    switch (action.do) {
      case 'close':
        this.close()
        return null
      case 'connect': {
        const refused = await this.#line.signIn(action.pin)
        if (refused) return refused
        const { reconciled } = this.#shown
        return reconciled ? this.#reconcile(reconciled.span) : null
      }
      case 'reconcile': {
        const span = this.#span(action.day, action.shiftId)
        return span ? this.#reconcile(span) : refusal('invalid_request')
      }
      case 'search': {
        const { query, before = null } = action
        const found = searchJournal(query, before, this.#searchParts())
        const rows = [...(before === null ? [] : (this.#shown.journal?.rows ?? [])), ...found.rows]
        this.#show({ journal: { query, rows, before: found.before } })
        return null
      }
      case 'saveJournal': {
        let rows = 0
        return this.#save(
          'journal',
          'csv',
          () => rows,
          function* (this: DayDesk) {
            for (const piece of journalCsv(action.query, this.#searchParts())) {
              rows += piece.rows
              yield piece.text
            }
          },
        )
      }
      case 'saveDiagnostics': {
        const { journal, state, shell, now } = this.#parts
        return this.#save(
          'diagnostics',
          'json',
          () => 1,
          () => [diagnostics({ state: state(), journal, shell, at: now() })],
        )
      }
      case 'letPosIn': {
        const made = this.#parts.pos().letIn(action.name, action.origins, operator.operatorId)
        if (!made.ok) return made.refused
        this.#show({ made: { ...made.value, name: action.name } })
        return null
      }
      case 'hideToken':
        this.#show({ made: null })
        return null
      case 'revokePos':
        if (this.#shown.made?.posId === action.posId) this.#show({ made: null })
        return this.#parts.pos().revoke(action.posId, operator.operatorId)
      case 'setSetting': {
        for (const [name, value] of Object.entries(action.values)) {
          const refused = this.#parts.settings.choose(SettingName.parse(name), value, operator.operatorId)
          if (refused) return refused
        }
        return null
      }
      case 'returnSetting':
        return this.#parts.settings.choose(action.name, undefined, operator.operatorId)
      default:
        return unreachable(action)
    }
  }

  /** null: there is no such shift here. */
  #span(day: string, shiftId: string | null): ReconciledSpan | null {
    if (shiftId === null) return { day, shift: null }
    const now = this.#parts.correctedNow()
    const shift = this.#parts.journal.shiftsIn({ from: 0, until: now + 1 }).find((one) => one.shiftId === shiftId)
    return shift ? { day, shift: { shiftId, from: shift.from, until: shift.until ?? now } } : null
  }

  async #reconcile(span: ReconciledSpan): Promise<Refusal | null> {
    const { journal, correctedNow, now } = this.#parts
    const { stationId, store } = this.#station()
    const accesses = journal.posAccesses()
    const parts = { journal, line: this.#line, stationId, store, accesses, now: correctedNow() }
    const { totals, refused } = await reconciledBooks(span, parts)
    if (!this.isOpen) return null
    this.#show({ reconciled: { ...totals, span, at: now() } })
    // The counter's own books are on the screen; that the server did not answer is said there.
    return refused === SERVER_UNREACHABLE || totals.server === null ? null : refused
  }

  #save(
    what: 'journal' | 'diagnostics',
    kind: string,
    rows: () => number,
    pieces: (this: DayDesk) => Iterable<string>,
  ): Refusal | null {
    const { save, now, storageFailed } = this.#parts
    const at = now()
    const when = new Date(at).toISOString().replace(/[-:]|\.\d+/g, '')
    const path = save?.(`${what}-${when}.${kind}`, pieces.call(this)) ?? null
    if (path === null) {
      storageFailed()
      return STORAGE_FAILED
    }
    this.#show({ saved: { what, path, rows: rows(), at } })
    return null
  }

  #searchParts(): SearchParts {
    const { journal, replica } = this.#parts
    const names = new Map(replica.operators().map(({ operatorId, name }) => [operatorId, name]))
    return { journal, store: this.#station().store, nameOf: (operatorId) => names.get(operatorId) ?? null }
  }

  #station(): StationRecord {
    const station = this.#parts.station()
    if (!station) throw new Error('a desk of a machine that is no station')
    return station
  }

  #show(change: Partial<Shown>): void {
    this.#shown = { ...this.#shown, ...change }
    this.#parts.changed()
  }
}
