import { SomeValues } from '../../../core/contract/counterSettings.ts'
import { RedemptionRequest } from '../../../core/contract/redemptions.ts'
import { EnrolResponse } from '../../../core/contract/stations.ts'
import { ReaderSettings } from '../../../core/counter/readerSetup.ts'
import type { Anchor } from '../../clock/anchor.ts'
import type { Sealer } from '../../station/sealer.ts'
import type { EventDraft, Intent, Journal, ShownApproval, StationRecord, TurnedAway, Undo } from '../counterStore.ts'
import { eventAppender } from './chain.ts'
import { tidying } from './checkpoints.ts'
import { type Db, write, writeMeanwhile } from './database.ts'
import { dayBookOf } from './dayBook.ts'
import { deskRowsOf } from './deskRows.ts'
import type { Flusher } from './flusher.ts'
import { scrubbing } from './journalCheck.ts'
import { leaseBookOf, leaseMoves } from './leaseBook.ts'
import { outboxOf } from './outbox.ts'
import { overlayOf } from './overlay.ts'
import { posBookOf } from './posBook.ts'
import { resendingOf } from './resending.ts'
import { shiftsOf } from './shifts.ts'
import { staffCardsOf } from './staffCards.ts'
import { tallyOf } from './tally.ts'

interface IntentRow {
  redemption_id: string
  created_at: number
  request: string
  rollback_id: string | null
}

interface UndoRow {
  redemption_id: string
  rollback_id: string
  reason: string
  operator_id: string | null
}

/**
 * The journal over an open `journal.db`. Every method that writes is one `IMMEDIATE` transaction. `disk`: how its log is
 * brought onto the disk where that need not be waited for at once.
 */
export function sqliteJournal(db: Db, sealer: Sealer, disk: Flusher): Journal {
  const { append, prepare } = eventAppender(db, sealer)
  const overlay = overlayOf(db)
  const tally = tallyOf(db)
  const insertOutbox = db.prepare('INSERT INTO outbox (seq, redemption_id, stored_value) VALUES (?, ?, ?)')
  const selectStation = db.prepare<[], Record<string, string>>('SELECT station_id, role, store, settings FROM station')
  const replaceStation = db.prepare('REPLACE INTO station VALUES (1, ?, ?, ?, ?)')
  const insertIntent = db.prepare(
    "INSERT INTO intent (redemption_id, created_at, request, state) VALUES (?, ?, ?, 'open')",
  )
  const showIntent = db.prepare(
    "UPDATE intent SET state = 'shown', shown = ? WHERE redemption_id = ? AND state = 'open'",
  )
  const closeIntent = db.prepare("UPDATE intent SET state = 'closed' WHERE redemption_id = ? AND state = 'open'")
  const planRollback = db.prepare('UPDATE intent SET rollback_id = ? WHERE redemption_id = ?')
  const selectShown = db.prepare<[string], string>('SELECT shown FROM intent WHERE redemption_id = ?').pluck()
  const selectLastAct = db.prepare<[], { type: string; redemption_id: string | null; settled: string | null }>(
    `SELECT type, json_extract(body, '$.redemptionId') AS redemption_id, settlement.status AS settled
     FROM event LEFT JOIN settlement USING (seq)
     WHERE type IN ('redemption', 'refusal', 'session') ORDER BY seq DESC LIMIT 1`,
  )
  const dismissIntent = db.prepare('UPDATE intent SET dismissed = 1 WHERE redemption_id = ?')
  const isDismissed = db.prepare<[string], number>('SELECT dismissed FROM intent WHERE redemption_id = ?').pluck()
  const isUndone = db.prepare<[string], number>('SELECT 1 FROM undo WHERE redemption_id = ?').pluck()
  const selectOpen = db.prepare<[], IntentRow>(
    "SELECT redemption_id, created_at, request, rollback_id FROM intent WHERE state = 'open' ORDER BY redemption_id",
  )
  const insertUndo = db.prepare("REPLACE INTO undo VALUES (?, ?, ?, ?, 'pending')")
  const endUndo = db.prepare('UPDATE undo SET state = ? WHERE redemption_id = ?')
  const selectUndos = db.prepare<[], UndoRow>(
    "SELECT redemption_id, rollback_id, reason, operator_id FROM undo WHERE state = 'pending' ORDER BY redemption_id",
  )
  const noLongerStored = db.prepare('UPDATE outbox SET stored_value = NULL WHERE redemption_id = ?')
  const selectTurnedAway = db.prepare<[], TurnedAway>('SELECT how FROM turned_away').pluck()
  const replaceTurnedAway = db.prepare('REPLACE INTO turned_away VALUES (1, ?)')
  const dropTurnedAway = db.prepare('DELETE FROM turned_away')
  const selectThrottle = db.prepare<[string], { wrong: number; retry_at: number }>(
    'SELECT wrong, retry_at FROM sign_in_throttle WHERE operator_id = ?',
  )
  const replaceThrottle = db.prepare('REPLACE INTO sign_in_throttle VALUES (?, ?, ?)')
  const dropThrottle = db.prepare('DELETE FROM sign_in_throttle WHERE operator_id = ?')
  const selectReaders = db.prepare<[], string>('SELECT settings FROM reader_settings').pluck()
  const replaceReaders = db.prepare('REPLACE INTO reader_settings VALUES (1, ?)')
  const selectChosen = db.prepare<[], string>('SELECT settings FROM chosen_settings').pluck()
  const replaceChosen = db.prepare('REPLACE INTO chosen_settings VALUES (1, ?)')
  const newestTrusted = db
    .prepare<[], number | null>(
      "SELECT corrected_at FROM event WHERE json_extract(body, '$.clockDoubt') IS NULL ORDER BY seq DESC LIMIT 1",
    )
    .pluck()
  const selectAnchor = db.prepare<[], Anchor>(
    `SELECT server_time AS serverTime, monotonic, uncertainty_ms AS uncertaintyMs, boot_id AS bootId,
            suspended_ms AS suspendedMs FROM clock_anchor`,
  )
  const replaceAnchor = db.prepare('REPLACE INTO clock_anchor VALUES (1, ?, ?, ?, ?, ?)')
  const newest = db.prepare<[], number | null>('SELECT corrected_at FROM event ORDER BY seq DESC LIMIT 1').pluck()

  const moves = leaseMoves(db)

  const send = (event: EventDraft, redemptionId: string | null, storedValue: number | null): number => {
    const seq = append(event)
    insertOutbox.run(seq, redemptionId, storedValue)
    if (storedValue !== null) tally.came(storedValue)
    return seq
  }
  /** One unit of work that has nothing to say but that it is on disk. */
  const unit = (work: () => unknown) =>
    write(db, () => {
      work()
      return null
    })
  const readStation = (): StationRecord | null => {
    const row = selectStation.get()
    if (!row) return null
    const { store, role, settings } = EnrolResponse.pick({ store: true, role: true, settings: true }).parse({
      store: JSON.parse(row.store ?? ''),
      role: row.role,
      settings: JSON.parse(row.settings ?? ''),
    })
    return { stationId: row.station_id ?? '', store, role, settings }
  }
  // As it stands in the file, which nobody else writes: every screen's every state asks for it.
  let station: StationRecord | null = null
  const changed = (result: { changes: number }, what: string) => {
    if (result.changes !== 1) throw new Error(`${what}: no such open row`)
  }

  return {
    ...outboxOf(db),
    ...tidying(db, sealer),
    ...leaseBookOf(db),
    ...scrubbing(db, sealer.publicKey()),
    ...deskRowsOf(db, (event) => void send(event, null, null)),
    ...dayBookOf(db),
    ...posBookOf(db, unit, (event) => void send(event, null, null)),
    ...shiftsOf(db, unit, (event) => send(event, null, null)),
    ...staffCardsOf(db, unit, (event) => send(event, null, null)),
    ...resendingOf(db, unit, (event) => void send(event, null, null)),

    station() {
      station ??= readStation()
      return station
    },
    recordStation({ stationId, role, store, settings }: StationRecord, event = null) {
      station = null
      return unit(() => {
        replaceStation.run(stationId, role, JSON.stringify(store), JSON.stringify(settings))
        if (event) send(event, null, null)
      })
    },

    openIntent: ({ redemptionId, createdAt, request }, meanwhile) =>
      writeMeanwhile(
        db,
        disk,
        () => void insertIntent.run(redemptionId, createdAt, JSON.stringify(request)),
        () => meanwhile?.(),
      ),
    prepare,
    showApproved: ({ redemptionId, shown, event, uses }) =>
      unit(() => {
        changed(showIntent.run(JSON.stringify(shown), redemptionId), 'showApproved')
        const seq = send(event, redemptionId, shown.certainty === 'stored' ? shown.totalDiscount : null)
        overlay.add(redemptionId, uses)
        moves.used(uses, seq)
      }),
    showRefused: ({ redemptionId, event, mayBeHeld }) =>
      unit(() => {
        if (!mayBeHeld) changed(closeIntent.run(redemptionId), 'showRefused')
        send(event, null, null)
      }),
    shown(redemptionId) {
      const shown = selectShown.get(redemptionId)
      return shown ? (JSON.parse(shown) as ShownApproval) : null
    },
    lastApproval() {
      const last = selectLastAct.get()
      if (last?.type !== 'redemption' || last.redemption_id === null || isUndone.get(last.redemption_id)) return null
      const approval = this.shown(last.redemption_id)
      if (!approval || isDismissed.get(last.redemption_id)) return null
      const certainty = last.settled === 'confirmed' ? 'confirmed' : approval.certainty
      return { redemptionId: last.redemption_id, approval: { ...approval, certainty } }
    },
    dismissApproval: (redemptionId) => unit(() => dismissIntent.run(redemptionId)),
    openIntents: () =>
      selectOpen.all().map(
        (row): Intent => ({
          redemptionId: row.redemption_id,
          createdAt: row.created_at,
          request: RedemptionRequest.parse(JSON.parse(row.request)),
          rollbackId: row.rollback_id,
        }),
      ),
    planRollback: (redemptionId, rollbackId) => unit(() => planRollback.run(rollbackId, redemptionId)),
    closeIntent: (redemptionId, event) =>
      unit(() => {
        changed(closeIntent.run(redemptionId), 'closeIntent')
        if (event) send(event, redemptionId, null)
      }),

    beginUndo: ({ redemptionId, rollbackId, reason, operatorId }) =>
      unit(() => insertUndo.run(redemptionId, rollbackId, reason, operatorId)),
    endUndo: (redemptionId, how, event) =>
      unit(() => {
        changed(endUndo.run(how, redemptionId), 'endUndo')
        if (event) send(event, redemptionId, null)
        if (how === 'refused') return
        noLongerStored.run(redemptionId)
        tally.changed()
        overlay.remove(redemptionId)
      }),
    pendingUndos: () =>
      selectUndos.all().map(
        (row): Undo => ({
          redemptionId: row.redemption_id,
          rollbackId: row.rollback_id,
          reason: row.reason,
          operatorId: row.operator_id,
        }),
      ),

    record: (event) => unit(() => send(event, null, null)),

    usesOf: overlay.usesOf,
    dropUses: (changeSeq) => unit(() => overlay.drop(changeSeq)),
    droppedThrough: overlay.droppedThrough,
    forgetPositions: () => unit(overlay.forgetPositions),

    readerSettings() {
      const settings = selectReaders.get()
      if (settings === undefined) return null
      // Settings that another version of this program wrote and this one cannot read are as good as none.
      const { data = null } = ReaderSettings.safeParse(JSON.parse(settings))
      return data
    },
    keepReaderSettings: (settings, event) =>
      unit(() => {
        replaceReaders.run(JSON.stringify(settings))
        send(event, null, null)
      }),

    chosenSettings() {
      const settings = selectChosen.get()
      // As above.
      return SomeValues.catch({}).parse(JSON.parse(settings ?? '{}'))
    },
    keepChosenSettings: (settings, event) =>
      unit(() => {
        replaceChosen.run(JSON.stringify(settings))
        send(event, null, null)
      }),

    turnedAway: () => selectTurnedAway.get() ?? null,
    keepTurnedAway: (how) => unit(() => (how ? replaceTurnedAway.run(how) : dropTurnedAway.run())),

    throttle(operatorId) {
      const row = selectThrottle.get(operatorId)
      return row ? { wrong: row.wrong, retryAt: row.retry_at } : null
    },
    setThrottle: (operatorId, throttle) =>
      unit(() =>
        throttle ? replaceThrottle.run(operatorId, throttle.wrong, throttle.retryAt) : dropThrottle.run(operatorId),
      ),
    lastCorrectedAt: () => newest.get() ?? null,
    lastTrustedAt: () => newestTrusted.get() ?? null,
    clockAnchor: () => selectAnchor.get() ?? null,
    keepClockAnchor: ({ serverTime, monotonic, uncertaintyMs, bootId, suspendedMs }) =>
      unit(() => replaceAnchor.run(serverTime, monotonic, uncertaintyMs, bootId, suspendedMs)),
  }
}
