import { createHash } from 'node:crypto'
import { uuidv7 } from 'uuidv7'
import { afterEach, beforeEach } from 'vitest'
import { CampaignRules, type Limits } from '../../../core/campaigns/rules.ts'
import type { OperatorRole } from '../../../core/contract/sessions.ts'
import { StationSettings } from '../../../core/contract/stations.ts'
import type { EventResult } from '../../../core/events/event.ts'
import { Objective } from '../../../core/objective.ts'
import { accepted } from '../../../core/outcome.ts'
import type { Select } from '../../../core/redemption/model.ts'
import { pinVerifier } from '../../../server/auth/pins.ts'
import { stationContext } from '../../../server/auth/principal.ts'
import { arrivedEvents } from '../../../server/events/arrivedEvent.ts'
import { intentHash } from '../../../server/events/intent.ts'
import type {
  AnswerTo,
  BatchResult,
  DecisionCommand,
  PresentedMedium,
  RedeemCommand,
  RollbackCommand,
  StationContext,
} from '../../../server/store/commands.ts'
import type { CouponStore, SettleAnswer } from '../../../server/store/couponStore.ts'
import { systemIds } from '../../../server/system.ts'
import { CHEAP, HASH_KEYS, objective as purchase, rules, STORES } from '../../server/fixture.ts'
import { line } from '../../server/offlineStation.ts'
import { StationJournal } from '../../server/stationJournal.ts'
import { readings } from './readings.ts'

/** One database that several stores can be opened on, as several server processes would. */
export interface StoreUnderTest {
  open(): Promise<CouponStore>
  destroy(): Promise<void>
}

export type MakeStore = () => Promise<StoreUnderTest>

/** A station that enrolled with a key, with the journal that it writes. */
export interface Lane {
  readonly context: StationContext
  readonly journal: StationJournal
  /** Sends events of its journal, or what claims to be some. */
  send(...events: unknown[]): Promise<readonly EventResult[]>
  /** The same, as a station that is no longer what it was. */
  settle(events: readonly unknown[], as?: StationContext): Promise<SettleAnswer>
}

export const settings = StationSettings.parse({})
export const objective = (total = 1_000) => Objective.parse(purchase(total))
export const hashOf = (text: string) => createHash('sha256').update(text).digest()

export function newMedium() {
  const key = Buffer.from(systemIds.randomBytes(32)).toString('hex')
  return { ...accepted({ type: 'qr' as const, keys: [{ v: 1, key }] }), wire: { keys: [{ v: 1, key }] } }
}
export type TestMedium = ReturnType<typeof newMedium>

export const planner = { operatorId: 'planner', role: 'planner' } as const
export const approver = { operatorId: 'approver', role: 'approver' } as const

/** Everything is counted, so that the port can say what was. */
const COUNTED: Limits = { campaignUses: 1_000, campaignValue: 1_000_000, acquisitionUses: 1, holderAcquisitions: 5 }

/** The only result of a batch of one. */
export function answerOf<Command extends DecisionCommand>(
  _command: Command,
  results: readonly BatchResult[],
): AnswerTo<Command> {
  const [result] = results
  if (result?.kind !== 'answered') throw result?.error ?? new Error('no result')
  return result.answer as AnswerTo<Command>
}

/**
 * A new database for every test, with two stores, their people and what tests do with them, all through the port. Call it
 * inside a `describe`.
 */
export function storeWorld(make: MakeStore) {
  let under: StoreUnderTest
  let coupons: CouponStore
  let opened: CouponStore[] = []
  let now = Date.now()

  const open = async (): Promise<CouponStore> => {
    const another = await under.open()
    opened.push(another)
    return another
  }
  beforeEach(async () => {
    now = Date.now()
    under = await make()
    coupons = await open()
    for (const store of STORES.slice(0, 2)) await coupons.putStore({ store, settings, acceptsRawMedia: true })
  })
  afterEach(async () => {
    for (const one of opened) await one.close()
    opened = []
    await under.destroy()
  })

  /** A station that sends unsigned events and is in no table. */
  const at = (storeId: 'north' | 'south' = 'north'): StationContext => {
    const store = STORES.find((one) => one.storeId === storeId)
    if (!store) throw new Error(`no store ${storeId}`)
    return { stationId: `till-${storeId}`, store, settings, keepsJournal: false }
  }

  const decide = async <Command extends DecisionCommand>(
    command: Command,
    by: CouponStore = coupons,
  ): Promise<AnswerTo<Command>> => answerOf(command, await by.decide([command], now))

  const act = (campaignId: string, action: 'submit' | 'approve' | 'suspend' | 'resume' | 'end') =>
    coupons.actOnCampaign({ campaignId, action, actor: action === 'submit' ? planner : approver, now })

  const draft = async (changes: Partial<CampaignRules> = {}): Promise<string> => {
    const campaignId = uuidv7()
    const parsed = CampaignRules.parse(rules({ limits: COUNTED, ...changes }))
    await coupons.draftCampaign({ campaignId, rules: parsed, contentHash: campaignId, ...planner, now })
    return campaignId
  }

  /** An approved campaign: 100 yen off anything. */
  const campaign = async (changes: Partial<CampaignRules> = {}): Promise<string> => {
    const campaignId = await draft(changes)
    await act(campaignId, 'submit')
    const approved = await act(campaignId, 'approve')
    if (!approved.ok) throw new Error(JSON.stringify(approved))
    return campaignId
  }

  const acquire = (campaignId: string, medium: PresentedMedium, station = at(), acquisitionId = uuidv7()) =>
    decide({
      kind: 'acquire',
      station,
      medium,
      request: { acquisitionId, campaignId },
      intentHash: hashOf(`${acquisitionId} ${campaignId} ${JSON.stringify(medium)}`),
    })

  /** A coupon on a medium. */
  const coupon = async (campaignId: string, medium: PresentedMedium, station = at()): Promise<string> => {
    const answer = await acquire(campaignId, medium, station)
    if (answer.kind !== 'decided' || answer.response.status !== 'acquired') throw new Error(JSON.stringify(answer))
    return answer.response.acquisitionId
  }

  /** A request for the best, with the intent that a counter's event of it would carry. */
  const redeemCommand = (
    medium: PresentedMedium,
    more: Partial<RedeemCommand['request']> = {},
    station: StationContext = at(),
  ): RedeemCommand => {
    const asked = { redemptionId: uuidv7(), objective: objective(), select: 'best' as Select, ...more }
    return {
      kind: 'redeem',
      station,
      medium,
      request: { entry: 'tap', ...asked },
      intentHash: intentHash(medium, asked.objective, asked.select) ?? new Uint8Array(),
      mayRecall: false,
    }
  }
  /** What was decided about it. */
  const redeem = async (...args: Parameters<typeof redeemCommand>) => {
    const answer = await decide(redeemCommand(...args))
    if (answer.kind !== 'decided') throw new Error(answer.kind)
    return answer.response
  }

  const rollbackCommand = (
    redemptionId: string,
    by: RollbackCommand['by'] = { kind: 'station', station: at() },
    more: Partial<RollbackCommand['request']> = {},
  ): RollbackCommand => ({
    kind: 'rollback',
    by,
    redemptionId,
    request: { rollbackId: uuidv7(), reason: 'changed their mind', ...more },
    intentHash: hashOf(`${redemptionId} ${JSON.stringify(more.acquisitionIds ?? null)}`),
  })
  const rollback = (...args: Parameters<typeof rollbackCommand>) => decide(rollbackCommand(...args))

  const search = async (medium: PresentedMedium, by: CouponStore = coupons, station = at()) => {
    const [answer] = await by.search([{ station, medium, objective: objective(), entry: 'tap', now }])
    if (!answer) throw new Error('no answer')
    return answer
  }

  const operator = async (role: OperatorRole, more: { storeId?: string | null; name?: string } = {}) => {
    const { name = role, storeId = null } = more
    const one = { operatorId: `${name}-id`, name, role, active: true, storeId }
    await coupons.putOperator({ ...one, pin: await pinVerifier('1234', systemIds, CHEAP) })
    return one
  }

  /** A new station, enrolled with a key. */
  const lane = async (storeId: 'north' | 'south' = 'north'): Promise<Lane> => {
    const stationId = uuidv7()
    const journal = new StationJournal()
    const codeHash = hashOf(`code ${stationId}`)
    const tokenHash = hashOf(`token ${stationId}`)
    const publicKey = Buffer.from(journal.publicKey, 'base64url')
    const announced = { stationId, storeId, name: 'lane 1', role: 'counter', announcedBy: 'admin' } as const
    await coupons.announceStation({ ...announced, codeHash, codeExpiresAt: now + 1_000, now })
    const station = await coupons.enrolStation({ codeHash, tokenHash, publicKey, isProven: false, now })
    if (!station) throw new Error('the station was not enrolled')
    const context = stationContext(station)
    const settle: Lane['settle'] = (events, as = context) => {
      const arrival = { station: as, publicKey, acceptsRawMedia: true, hashKeys: HASH_KEYS, now }
      const onFailure = (error: unknown) => {
        throw error
      }
      return coupons.settleEvents({ station: as, events: arrivedEvents(events, arrival), now, onFailure })
    }
    return { context, journal, settle, send: async (...events) => (await settle(events)).results }
  }

  return {
    get coupons() {
      return coupons
    },
    get now() {
      return now
    },
    advance(ms: number) {
      now += ms
    },
    open,
    at,
    decide,
    act,
    draft,
    campaign,
    acquire,
    coupon,
    /** A new medium with one coupon of a new campaign. */
    async held(changes: Partial<CampaignRules> = {}) {
      const medium = newMedium()
      const campaignId = await campaign(changes)
      return { medium, campaignId, coupon: await coupon(campaignId, medium) }
    },
    redeemCommand,
    redeem,
    rollbackCommand,
    rollback,
    search,
    /** Coupons that a medium's holder could use now, and how often each. */
    async usable(medium: PresentedMedium, by?: CouponStore) {
      return (await search(medium, by)).usable.map(({ acquisitionId, usesLeft }) => ({ acquisitionId, usesLeft }))
    },
    operator,
    lane,
    /** The next event of a lane: a redemption that it decided alone, now. */
    offline: (
      { journal }: Lane,
      acquisitionIds: readonly string[],
      more: { readonly redemptionId?: string; readonly at?: number } & Record<string, unknown> = {},
    ) => {
      const { redemptionId = uuidv7(), at: time = now, ...rest } = more
      const lines = acquisitionIds.map((id) => line(id))
      return journal.write('redemption', { redemptionId, decided: 'offline', lines, ...rest }, time)
    },
    annul: ({ journal }: Lane, redemptionId: string) =>
      journal.write('annul', { annulId: uuidv7(), redemptionId, reason: 'wrong card' }, now),
    ...readings(() => ({ coupons, now })),
  }
}

export type StoreWorld = ReturnType<typeof storeWorld>
