import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import type { GatewayResult } from '../../core/ports/couponGateway.ts'
import { USUAL } from './conditions.ts'
import { PLANTED_OFFICE_BUGS } from './plantedOffice.ts'
import { PLANTED_MANAGER_BUGS } from './plantedResolutions.ts'
import { ALONE, gatewayOf, journalOf, type PlantedBug, serverOf } from './planting.ts'

/** One wrong line each, as somebody might write it, by the rule of DESIGN that it breaks. */
export const PLANTED_BUGS: Readonly<Record<string, PlantedBug>> = {
  'the overlay of local uses is forgotten': {
    seed: 1,
    caughtAs: /rule 1: lane \d gave \S+ \d+ times itself/,
    planted: journalOf(() => ({ usesOf: () => [] })),
  },
  'a redemption is decided anew when its request comes again': {
    seed: 1,
    caughtAs: /rule [12]:/,
    planted: serverOf((store) => ({
      decide: (batch, now) =>
        store.decide(
          batch.map((command) =>
            command.kind === 'redeem'
              ? {
                  ...command,
                  request: { ...command.request, redemptionId: another(command.request.redemptionId, now) },
                }
              : command,
          ),
          now,
        ),
    })),
  },
  'the screen is told before the disk': {
    seed: 1,
    caughtAs: /rule 2: lane \d shows/,
    planted: journalOf(() => ({ showApproved: () => ({ ok: true, value: null }) })),
  },
  'what was never shown is not rolled back': {
    seed: 1,
    caughtAs: /rule 2: \S+ (is held and was never shown|was taken back and is held)/,
    planted: {
      ...journalOf((journal) => ({ closeIntent: (redemptionId) => journal.closeIntent(redemptionId, null) })),
      ...gatewayOf(() => ({
        rollback: async (redemptionId, { rollbackId }) => ({
          kind: 'answered',
          answer: { rollbackId, redemptionId, state: 'rolled_back', rolledBack: [], changeSeq: 0 },
        }),
      })),
    },
  },
  'a row leaves the outbox although nobody answered': {
    seed: 1,
    caughtAs: /rule [123]:/,
    planted: gatewayOf((gateway) => ({
      settle: async (events) => {
        const result = await gateway.settle(events)
        if (result.kind !== 'unreachable') return result
        const results = events.map(({ seq, id }) => ({ seq, id, status: 'confirmed' as const, lines: [] }))
        return { kind: 'answered', answer: { results, changeSeq: 0 } }
      },
    })),
  },
  'what is drawn from a lease is not written down': {
    seed: 3,
    conditions: ALONE,
    caughtAs: /rule 4: lane \d drew \d+ of \d+ from its lease/,
    planted: journalOf((journal) => ({
      showApproved: (approval) =>
        journal.showApproved({ ...approval, uses: approval.uses.map(({ leaseId: _, ...use }) => use) }),
    })),
  },
  'more is spent than a lease carries': {
    seed: 2,
    conditions: ALONE,
    caughtAs: /rule 4: lane \d drew \d+ of \d+ from its lease/,
    planted: gatewayOf((gateway) => ({
      lend: async (request) => {
        const result = await gateway.lend(request)
        if (result.kind !== 'answered') return result
        return { ...result, answer: { ...result.answer, uses: 10 * result.answer.uses } }
      },
    })),
  },
  'the caps of the offline policy are ignored': {
    seed: 1,
    conditions: { ...ALONE, offline: { ...USUAL.offline, maxStoredCount: 4 } },
    caughtAs: /rule 4: lane \d approved alone \d+ of/,
    planted: journalOf((journal) => ({ waiting: () => ({ ...journal.waiting(), count: 0, value: 0 }) })),
  },
  'the age of the copy is ignored': {
    seed: 1,
    conditions: { ...ALONE, nights: [8_000, 20_000], offline: { ...USUAL.offline, maxReplicaAgeHours: 1 } },
    caughtAs: /rule 4: lane \d approved alone with a copy/,
    planted: {
      counterStore: (store, station) => ({
        ...store,
        replica: {
          ...store.replica,
          position: () => ({ ...store.replica.position(), asOf: station.machine.now() }),
        },
      }),
    },
  },
  "a log beside the journal names customers' cards": {
    seed: 1,
    steps: 500,
    caughtAs: /rule 5: an identifier or a token is stored/,
    planted: {
      tapped: ({ folder }, { identifier }) => appendFileSync(join(folder, 'debug.log'), `tap ${identifier}\n`),
    },
  },
  'a cashier waits for as long as the server takes': {
    seed: 1,
    caughtAs: /rule 7: lane \d is (searching|approving|undoing)/,
    planted: { delay: (ms) => (ms > 900 && ms <= 2_500 ? 10 * ms : ms) },
  },
  "the operating system's clock is believed": {
    seed: 6,
    steps: 6_000,
    caughtAs: /rule 8: lane \d approved \S+ after its campaign's end/,
    planted: {
      gateway: (gateway, { machine }) => ({
        ...gateway,
        changes: async (cursor) => atOwnTime(await gateway.changes(cursor), machine.now()),
        search: async (request) => atOwnTime(await gateway.search(request), machine.now()),
      }),
    },
  },
  'the server gives what is used up': {
    seed: 1,
    caughtAs: /rule 1:/,
    planted: {
      serverStore: (store, database) => ({
        ...store,
        decide: async (batch, now) => {
          const results = await store.decide(batch, now)
          database().exec('UPDATE acquisitions SET uses_left = 1 WHERE uses_left = 0')
          return results
        },
      }),
    },
  },
  ...PLANTED_OFFICE_BUGS,
  ...PLANTED_MANAGER_BUGS,
}

function atOwnTime<Answer extends { readonly asOf: string }>(
  result: GatewayResult<Answer>,
  now: number,
): GatewayResult<Answer> {
  if (result.kind !== 'answered') return result
  return { ...result, answer: { ...result.answer, asOf: new Date(now).toISOString() } }
}

/** Another id for every request: what an API without idempotency does. */
function another(redemptionId: string, now: number): string {
  return `${redemptionId.slice(0, 24)}${(now % 0xffff_ffff).toString(16).padStart(12, '0')}`
}
