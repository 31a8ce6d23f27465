import { join } from 'node:path'
import type { CounterStore, Replica } from '../../counter/store/counterStore.ts'
import { gatewayOf, journalOf, type PlantedBug, serverOf } from './planting.ts'
import { connectionTo } from './powerLoss.ts'

const replicaOf = (change: (replica: Replica) => Partial<Replica>) => ({
  counterStore: (store: CounterStore) => ({ ...store, replica: { ...store.replica, ...change(store.replica) } }),
})

/** What managers and head office do, and a disk that forgets: one wrong line each, as in `plantedBugs.ts`. */
export const PLANTED_OFFICE_BUGS: Readonly<Record<string, PlantedBug>> = {
  'a manager rolls a line back and nothing is undone': {
    seed: 1,
    caughtAs: /rule 1:/,
    planted: serverOf((store) => ({
      resolveConflict: (command) => {
        const resolution = command.resolution === 'rolled_back' ? 'written_off' : command.resolution
        return store.resolveConflict({ ...command, resolution })
      },
    })),
  },
  'how a conflict ended never reaches its counter': {
    seed: 1,
    caughtAs: /rule 3: lane \d has not heard how/,
    planted: gatewayOf((gateway) => ({
      changes: async (cursor) => {
        const result = await gateway.changes(cursor)
        if (result.kind !== 'answered') return result
        const changes = result.answer.changes.filter(({ kind }) => kind !== 'resolution')
        return { ...result, answer: { ...result.answer, changes } }
      },
    })),
  },
  'a lease that was written off goes on covering': {
    seed: 2,
    steps: 6_000,
    caughtAs: /rule [14]:/,
    planted: {
      serverStore: (store, database) => ({
        ...store,
        writeOffLeases: async (command) => {
          const ended = await store.writeOffLeases(command)
          database().exec("UPDATE leases SET state = 'out' WHERE state = 'written_off'")
          return ended
        },
      }),
    },
  },
  'a lease that is called back is kept': {
    seed: 1,
    conditions: { limits: [6, 10], budgets: [150, 400] },
    caughtAs: /rule 4: \d+ leases were called back and never came/,
    planted: journalOf(() => ({ heardOfLeases: () => ({ ok: true, value: null }) })),
  },
  'a revoked counter forgets its keys while events wait': {
    seed: 1,
    steps: 6_000,
    caughtAs: /rule 3: lane \d forgot its keys and \d+ events with them/,
    planted: journalOf((journal) => ({ backlog: () => ({ ...journal.backlog(), stored: 0, unresolved: 0 }) })),
  },
  'a blocked medium is not seen in the copy': {
    seed: 1,
    caughtAs: /rule 4: lane \d approved alone for a medium that its copy says is blocked/,
    planted: replicaOf((replica) => ({
      medium: (keys) => {
        const medium = replica.medium(keys)
        return medium && { ...medium, blocked: false }
      },
    })),
  },
  'a limit per day is not looked at offline': {
    seed: 1,
    steps: 6_000,
    caughtAs: /rule 4: lane \d gave \d+ of \d+ uses of one day itself/,
    planted: replicaOf((replica) => ({
      campaigns: () =>
        new Map(
          [...replica.campaigns()].map(([campaignId, campaign]) => {
            const { holderPeriod: _, ...limits } = campaign.rules?.limits ?? {
              acquisitionUses: 1,
              holderAcquisitions: 1,
            }
            return [campaignId, { ...campaign, rules: campaign.rules && { ...campaign.rules, limits } }]
          }),
        ),
    })),
  },
  "the store's cap of one redemption is ignored": {
    seed: 1,
    caughtAs: /rule 4: lane \d approved alone \d+ of 200 in one redemption/,
    planted: journalOf((journal) => ({
      station: () => {
        const station = journal.station()
        if (!station) return null
        const { maxValue: _, ...offline } = station.settings.offline
        return { ...station, settings: { ...station.settings, offline } }
      },
    })),
  },
  'what is shown does not wait for the disk': {
    seed: 1,
    caughtAs: /rule 2: lane \d has forgotten \d+ approvals/,
    planted: {
      counterStore: (store, { folder }) => {
        connectionTo(join(folder, 'journal.db'))?.pragma('synchronous = OFF')
        return store
      },
    },
  },
}
