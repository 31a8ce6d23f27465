import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Override } from '../../core/redemption/overrides.ts'
import { USUAL } from './conditions.ts'
import { ALONE, gatewayOf, journalOf, type PlantedBug, serverOf } from './planting.ts'

const HOUR_MS = 3_600_000

const overridesAs = (change: (override: Override) => Override[]) =>
  journalOf((journal) => ({ overrides: () => journal.overrides().flatMap(change) }))

/** What managers set aside, lend, take back and say at a till: one wrong line each, as in `plantedBugs.ts`. */
export const PLANTED_MANAGER_BUGS: Readonly<Record<string, PlantedBug>> = {
  'a line that a manager lets stand is paid by a use that comes back later': {
    seed: 6,
    conditions: { resolutions: [300, 1_000], rollbacks: [300, 1_000] },
    caughtAs: /rule 1: \S+ has \d+ uses left|rule 1: campaign \S+ has (counted|forced)/,
    planted: {
      serverStore: (store, database) => ({
        ...store,
        resolveConflict: async (command) => {
          const outcome = await store.resolveConflict(command)
          database().exec("UPDATE overuse SET resolution = NULL WHERE resolution IN ('accepted', 'written_off')")
          return outcome
        },
      }),
    },
  },
  'a cap stays raised after the time that a manager said': {
    seed: 3,
    steps: 5_000,
    conditions: { ...ALONE, callsManager: 0.2, offline: { ...USUAL.offline, maxStoredCount: 5, maxStoredValue: 300 } },
    caughtAs: /rule 4: lane \d approved alone \d+ of \d+$/,
    planted: overridesAs((override) => [{ ...override, until: override.until + HOUR_MS }]),
  },
  'a counter that was set offline goes on asking': {
    seed: 1,
    conditions: { callsManager: 0.3 },
    caughtAs: /rule 4: lane \d asked the server though a manager had set it offline/,
    planted: overridesAs((override) => (override.kind === 'force_offline' ? [] : [override])),
  },
  'a limit is answered and leases lie about': {
    seed: 3,
    conditions: { limits: [6, 10], budgets: [150, 400] },
    caughtAs: /rule 4: a limit was answered though \d+ uses were lent and not called back/,
    planted: serverOf((store) => ({
      decide: (batch, now) =>
        store.decide(
          batch.map((command) => (command.kind === 'redeem' ? { ...command, mayRecall: false } : command)),
          now,
        ),
      recallLeases: async () => null,
    })),
  },
  'who was revoked has forgotten it after a restart': {
    seed: 2,
    conditions: { revocations: [5_000, 15_000], mostRevoked: 20, crashes: [300, 1_500], flaps: [300, 2_000] },
    caughtAs: /rule 4: lane \d approved alone and knew that it was revoked/,
    planted: journalOf(() => ({ keepTurnedAway: () => ({ ok: true, value: null }) })),
  },
  'the budget of a lease is not looked at': {
    seed: 1,
    conditions: { ...ALONE, budgets: [150, 400] },
    caughtAs: /rule 4: lane \d drew a value of \d+ of \d+ from its lease/,
    planted: gatewayOf((gateway) => ({
      lend: async (request) => {
        const result = await gateway.lend(request)
        if (result.kind !== 'answered' || result.answer.value === undefined) return result
        return { ...result, answer: { ...result.answer, value: 10 * result.answer.value } }
      },
    })),
  },
  'a manager is told that a conflict is over, and nobody has heard their word': {
    seed: 1,
    conditions: { callsManager: 0.3 },
    caughtAs: /rule 2: a manager at lane \d was told/,
    planted: {
      managers: (gateway) => ({ ...gateway, resolve: (token, conflictId) => gateway.conflict(token, conflictId) }),
    },
  },
  "a log beside the journal keeps managers' tokens": {
    seed: 1,
    conditions: { callsManager: 0.3 },
    steps: 500,
    caughtAs: /rule 5: an identifier or a token is stored/,
    planted: {
      managers: (gateway, { folder }) => ({
        ...gateway,
        leases: (token) => {
          appendFileSync(join(folder, 'debug.log'), `leases as ${token}\n`)
          return gateway.leases(token)
        },
      }),
    },
  },
  'a card that was blocked is given online': {
    seed: 1,
    caughtAs: /rule 1:/,
    planted: {
      serverStore: (store, database) => ({
        ...store,
        actOnMedia: async (command) => {
          const answer = await store.actOnMedia(command)
          database().exec('UPDATE media SET blocked = 0')
          return answer
        },
      }),
    },
  },
}
