import type { CampaignAction, CampaignState } from '../../core/campaigns/campaign.ts'
import type { OperatorRole } from '../../core/contract/sessions.ts'
import { StationSettings } from '../../core/contract/stations.ts'
import { unreachable } from '../../core/outcome.ts'
import type { Clock } from '../../core/ports/clock.ts'
import type { Ids } from '../../core/ports/ids.ts'
import { loadSampleChain, type SampleChain } from '../../resources/sample/sampleChain.ts'
import { BY_COMMAND } from '../audit/entry.ts'
import { canHashPasswords, passwordHasher } from '../auth/passwordHash.ts'
import { pinVerifier } from '../auth/pins.ts'
import { newSecret, secretHash } from '../auth/secrets.ts'
import { contentHash } from '../events/intent.ts'
import type { HashKey } from '../media/hashKeys.ts'
import { presentedMedium } from '../media/presentedMedium.ts'
import type { CouponStore } from '../store/couponStore.ts'

/** What a demo server tells about itself. Tokens are new at every start; the ones of before stop working. */
export interface Demo {
  readonly operators: readonly {
    readonly name: string
    readonly role: OperatorRole
    readonly token: string
    readonly password?: string
  }[]
  readonly stations: readonly { readonly id: string; readonly store: string; readonly token: string }[]
  readonly media: readonly { readonly type: string; readonly identifier: string; readonly holder: string }[]
}

interface DemoParts {
  readonly store: CouponStore
  readonly hashKeys: readonly HashKey[]
  readonly clock: Clock
  readonly ids: Ids
}

/** They stand in the sample for everybody to read: a costly hash would protect nothing and make each demo start late. */
const PUBLISHED_COST = { memory: 1_024, passes: 1, parallelism: 1 }
const SESSION_MS = 30 * 24 * 60 * 60_000

/** Puts the sample chain into a store; what is there already stays as it is, used coupons too. */
export async function seedDemo(parts: DemoParts): Promise<Demo> {
  const chain = loadSampleChain()
  const settings = StationSettings.parse({})
  for (const store of chain.stores) await parts.store.putStore({ store, settings, acceptsRawMedia: true })
  const operators = await seedOperators(parts, chain)
  for (const campaign of chain.campaigns) await seedCampaign(parts, chain, campaign)
  for (const holder of chain.holders) await seedHolder(parts, holder)
  return { operators, stations: await seedStations(parts, chain), media: mediaOf(chain) }
}

async function seedOperators({ store, clock, ids }: DemoParts, chain: SampleChain): Promise<Demo['operators']> {
  const operators: { name: string; role: OperatorRole; token: string; password?: string }[] = []
  const passwords = passwordHasher(ids, PUBLISHED_COST)
  for (const { operatorId, name, role, pin, password } of chain.operators) {
    if (!(await store.operator(operatorId))) {
      await store.putOperator({ operatorId, name, role, active: true, pin: await pinVerifier(pin, ids) })
      if (password !== undefined && canHashPasswords()) {
        await setPassword({ store, clock, ids }, operatorId, await passwords.hash(password))
      }
    }
    const token = newSecret(ids)
    const now = clock.now()
    await store.openSession(secretHash(token), operatorId, now + SESSION_MS, now)
    operators.push({ name, role, token, ...(password === undefined ? {} : { password }) })
  }
  return operators
}

/** With a one-time code, as everybody gets one. */
async function setPassword(
  { store, clock, ids }: Pick<DemoParts, 'store' | 'clock' | 'ids'>,
  operatorId: string,
  password: string,
): Promise<void> {
  const now = clock.now()
  const codeHash = secretHash(newSecret(ids))
  const common = { operatorId, by: BY_COMMAND, reason: null, now }
  const setUp = { codeHash, until: now + 60_000 }
  await store.changePerson({ ...common, kind: 'reset', secondFactor: false, setUp })
  const changed = await store.changePerson({ ...common, kind: 'set-up', codeHash, password })
  if (!changed.ok) throw new Error(`sample operator ${operatorId} cannot have a password: ${changed.problem}`)
}

/** Through the life cycle, with its people: the sample has no campaign that real ones could not make. */
async function seedCampaign(
  { store, clock }: DemoParts,
  chain: SampleChain,
  { campaignId, rules, authorId, approverId, state }: SampleChain['campaigns'][number],
): Promise<void> {
  if (await store.campaign(campaignId)) return
  const now = clock.now()
  const roleOf = (operatorId: string): OperatorRole =>
    chain.operators.find((operator) => operator.operatorId === operatorId)?.role ?? 'planner'
  const hash = contentHash({ campaignId, rules })
  if (!hash) throw new Error(`sample campaign ${campaignId} cannot be hashed`)
  const content = Buffer.from(hash).toString('base64url')
  const author = { operatorId: authorId, role: roleOf(authorId) }
  await done(campaignId, store.draftCampaign({ campaignId, rules, contentHash: content, ...author, now }))
  for (const action of stepsTo(state)) {
    const operatorId = action === 'submit' ? authorId : (approverId ?? '')
    const actor = { operatorId, role: roleOf(operatorId) }
    await done(campaignId, store.actOnCampaign({ campaignId, action, actor, now }))
  }
}

async function done(campaignId: string, outcome: Promise<{ readonly ok: boolean }>): Promise<void> {
  if (!(await outcome).ok) throw new Error(`sample campaign ${campaignId} does not follow the life cycle`)
}

function stepsTo(state: CampaignState): readonly CampaignAction[] {
  switch (state) {
    case 'draft':
      return []
    case 'submitted':
      return ['submit']
    case 'changes_requested':
      return ['submit', 'request-changes']
    case 'rejected':
      return ['submit', 'reject']
    case 'approved':
      return ['submit', 'approve']
    case 'suspended':
      return ['submit', 'approve', 'suspend']
    case 'ended':
      return ['submit', 'approve', 'end']
    default:
      return unreachable(state)
  }
}

async function seedHolder(
  { store, hashKeys, clock }: DemoParts,
  { holderId, media, acquisitions }: SampleChain['holders'][number],
): Promise<void> {
  await store.seedHolder(
    {
      holderId,
      media: media.map(({ type, identifier, blocked }) => ({
        medium: presentedMedium({ type, identifier }, hashKeys, { acceptNonUniqueUids: false, membershipRules: [] }),
        blocked,
      })),
      acquisitions: acquisitions.map(({ acquisitionId, campaignId, usesLeft }) => ({
        acquisitionId,
        campaignId,
        ...(usesLeft === undefined ? {} : { usesLeft }),
      })),
    },
    clock.now(),
  )
}

/** An integrator's station for each store: no key, so its events need no signature. */
async function seedStations({ store, clock, ids }: DemoParts, chain: SampleChain): Promise<Demo['stations']> {
  const stations: { id: string; store: string; token: string }[] = []
  for (const { storeId, name } of chain.stores) {
    const stationId = demoStation(storeId)
    const token = newSecret(ids)
    await store.putUnsignedStation({
      stationId,
      storeId,
      name: `${name}: demo station`,
      role: 'counter',
      tokenHash: secretHash(token),
      now: clock.now(),
    })
    stations.push({ id: stationId, store: storeId, token })
  }
  return stations
}

function mediaOf(chain: SampleChain): Demo['media'] {
  return chain.holders.flatMap(({ holderId, media }) =>
    media.map(({ type, identifier }) => ({ type, identifier, holder: holderId })),
  )
}

/** Whether a database was filled with the sample chain, today or at any time. */
export async function hasDemoData(store: Pick<CouponStore, 'station' | 'operator'>): Promise<boolean> {
  const chain = loadSampleChain()
  for (const { storeId } of chain.stores) if (await store.station(demoStation(storeId))) return true
  for (const { operatorId } of chain.operators) if (await store.operator(operatorId)) return true
  return false
}

const demoStation = (storeId: string): string => `demo-${storeId}`
