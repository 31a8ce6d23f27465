import { stationStep } from '../../audit/entries.ts'
import { BY_COMMAND, byOperator } from '../../audit/entry.ts'
import type { CouponStore } from '../couponStore.ts'
import type { AuditTrail } from '../deciding/auditTrail.ts'
import type { Outbox } from '../deciding/notices.ts'
import type { Runs } from './runs.ts'
import type { Stations } from './stations.ts'

type StationStore = Pick<
  CouponStore,
  | 'putStore'
  | 'announceStation'
  | 'enrolStation'
  | 'stationByCode'
  | 'putUnsignedStation'
  | 'revokeStation'
  | 'exchangeStationToken'
  | 'station'
  | 'lastEvent'
  | 'stationByToken'
>

/** The part of a coupon store that knows stations. */
export function stationStore(
  { write, read }: Runs,
  stations: Stations,
  audit: AuditTrail,
  outbox: Outbox,
): StationStore {
  return {
    putStore: async (record, noted) =>
      write(noted?.now ?? 0, (unit) => {
        stations.putStore(unit, record)
        const { storeId } = record.store
        const subject = { kind: 'store', id: storeId }
        if (noted) audit.append(unit, { actor: noted.by, action: 'store.put', subject })
      }),
    announceStation: async (command) =>
      write(command.now, (unit) => {
        const announced = stations.announce(command)
        const { stationId, storeId, role, announcedBy } = command
        const details = { storeId, role }
        if (announced)
          audit.append(unit, stationStep(byOperator(announcedBy), 'station.announce', stationId, { details }))
        return announced
      }),
    enrolStation: async (command) =>
      write(command.now, (unit) => {
        const station = stations.enrol(command)
        if (!station) return null
        const { stationId } = station
        audit.append(unit, stationStep({ kind: 'station', id: stationId }, 'station.enrol', stationId))
        return station
      }),
    stationByCode: async (codeHash) => read(() => stations.byCode(codeHash)),
    putUnsignedStation: async (command) => write(command.now, () => stations.putUnsigned(command)),
    revokeStation: async (stationId, now, by = BY_COMMAND, reason = null) =>
      write(now, (unit) => {
        const before = stations.byId(stationId)
        const revoked = stations.revoke(stationId, now)
        // The first time counts.
        if (revoked && before && before.state !== 'revoked') {
          audit.append(unit, stationStep(by, 'station.revoke', stationId, { reason }))
          const { storeId } = before.store
          outbox.tell(unit, { type: 'station.revoked', data: { stationId, storeId } })
        }
        return revoked
      }),
    exchangeStationToken: async (stationId, tokenHash, now) =>
      write(now, () => stations.exchangeToken(stationId, tokenHash)),
    station: (stationId) => read(() => stations.byId(stationId)),
    lastEvent: (stationId) => read(() => stations.lastEvent(stationId)),
    async stationByToken(tokenHash) {
      const station = stations.byToken(tokenHash)
      if (station || !stations.isNext(tokenHash)) return station
      return write(0, () => stations.promote(tokenHash))
    },
  }
}
