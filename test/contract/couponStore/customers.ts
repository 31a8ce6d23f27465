import { uuidv7 } from 'uuidv7'
import { describe, expect, it } from 'vitest'
import { hashOf, type MakeStore, newMedium, storeWorld, type TestMedium } from './world.ts'

const MINUTES = 60_000
const by = { kind: 'operator', id: 'manager-id' } as const

/** Customers on their phones, and customers who have lost what they were known by. */
export function customers(make: MakeStore): void {
  const world = storeWorld(make)
  const codeFor = async (medium: TestMedium, locator: string, tries = 5) => {
    const { now } = world
    const secretHash = hashOf(`${locator} secret`)
    const times = { tries, expiresAt: now + 10 * MINUTES, now }
    const made = { station: world.at(), medium, requestId: uuidv7(), locator, secretHash, ...times }
    expect((await world.coupons.putPhoneCode(made)).ok).toBe(true)
  }
  let sessions = 0
  const signIn = async (locator: string, phone: string | null, secret = `${locator} secret`, later = 0) => {
    const token = hashOf(`session ${++sessions}`)
    const now = world.now + later
    const times = { expiresAt: now + 60 * MINUTES, now }
    const asked = { locator, secretHash: hashOf(secret), phoneHash: phone === null ? null : hashOf(phone) }
    const found = await world.coupons.openPhoneSession({ ...asked, tokenHash: token, ...times })
    return found && { ...found, token }
  }

  describe('a one-time code', () => {
    it('signs the phone that used it in again while it lasts, and nobody else', async () => {
      await codeFor(newMedium(), 'AAAA')
      const first = await signIn('AAAA', 'mine')
      const again = await signIn('AAAA', 'mine')
      expect(again?.holderId).toBe(first?.holderId)
      for (const { token } of [first, again].flatMap((one) => one ?? [])) {
        expect(await world.coupons.phoneSession(token, world.now)).toEqual({ holderId: first?.holderId })
      }
      expect(await signIn('AAAA', 'another')).toBeNull()
      expect(await signIn('AAAA', null)).toBeNull()
      expect(await signIn('AAAA', 'mine', 'AAAA secret', 10 * MINUTES)).toBeNull()
      expect(await signIn('AAAA', 'mine')).not.toBeNull()
    })

    it('counts every try after its first use, right ones too', async () => {
      await codeFor(newMedium(), 'BBBB', 3)
      await signIn('BBBB', 'mine')
      expect(await signIn('BBBB', 'mine')).not.toBeNull()
      expect(await signIn('BBBB', 'another')).toBeNull()
      expect(await signIn('BBBB', 'mine', 'wrong')).toBeNull()
      expect(await signIn('BBBB', 'mine')).toBeNull()
    })

    it('that was used without saying by whom is used up; a used one ends with the session, or with a newer code', async () => {
      const medium = newMedium()
      await codeFor(medium, 'CCCC')
      expect(await signIn('CCCC', null)).not.toBeNull()
      expect(await signIn('CCCC', null)).toBeNull()
      await codeFor(medium, 'DDDD')
      const session = await signIn('DDDD', 'mine')
      await world.coupons.endPhoneSession(session?.token ?? hashOf(''))
      expect(await signIn('DDDD', 'mine')).toBeNull()
      await codeFor(medium, 'EEEE')
      await signIn('EEEE', 'mine')
      await codeFor(medium, 'FFFF')
      expect(await signIn('EEEE', 'mine')).toBeNull()
      expect(await signIn('FFFF', 'mine')).not.toBeNull()
    })
  })

  it('a lost phone is signed out with all the others, with its code and what it showed; the customer is not', async () => {
    const medium = newMedium()
    await codeFor(medium, 'GGGG')
    const session = await signIn('GGGG', 'mine')
    const holderId = session?.holderId ?? ''
    const shown = hashOf('shown')
    const { now } = world
    await world.coupons.presentPhone({ tokenHash: shown, holderId, expiresAt: now + 5 * MINUTES, now })
    expect((await world.coupons.holder(holderId, now))?.phones).toBe(1)
    expect((await world.coupons.exportHolder(holderId, by, now))?.phones).toHaveLength(1)
    expect(await world.coupons.signOutPhones({ holderId, by, reason: 'stolen', now })).toBe(1)
    expect(await world.coupons.phoneSession(session?.token ?? shown, now)).toBeNull()
    expect(await signIn('GGGG', 'mine')).toBeNull()
    expect(await world.coupons.holderOfPresentation(shown, now)).toBeNull()
    expect((await world.coupons.holder(holderId, now))?.phones).toBe(0)
    expect(await world.coupons.signOutPhones({ holderId: 'nobody', by, reason: 'stolen', now })).toBeNull()
  })

  describe('a lost medium', () => {
    const shown = async (medium: TestMedium, storeId = 'north') => {
      const tokenHash = hashOf(uuidv7())
      const { now } = world
      const at = { storeId, stationId: `till-${storeId}`, expiresAt: now + 5 * MINUTES, now }
      await world.coupons.present({ tokenHash, medium, ...at })
      return tokenHash
    }
    /** What a customer's phone shows staff. */
    const phoneOf = async (holderId: string) => {
      const tokenHash = hashOf(uuidv7())
      const { now } = world
      await world.coupons.presentPhone({ tokenHash, holderId, expiresAt: now + 5 * MINUTES, now })
      return tokenHash
    }
    const holderOf = async (medium: TestMedium) => {
      const found = await world.coupons.holderOfPresentation(await shown(medium), world.now)
      return { holderId: found?.holderId ?? '', mediumId: found?.mediumId ?? '' }
    }
    const transfer = async (
      fromMediumId: string,
      to: TestMedium,
      proof: { reason: string } | { presentation: Uint8Array },
      merge = false,
    ) => {
      const answer = await world.coupons.actOnMedia({
        kind: 'transfer',
        ...{ actionId: uuidv7(), intentHash: hashOf('transfer'), by, storeId: 'south', now: world.now },
        ...{ fromMediumId, to: await shown(to, 'south'), proof, merge },
      })
      if (answer.kind === 'refused') return answer.refusal.reason
      return answer.kind === 'done' ? answer.response.holderId : answer.kind
    }

    it('is replaced on the word of the customer’s phone, at any store; of another’s phone it is not', async () => {
      const [lost, fresh, stranger] = [newMedium(), newMedium(), newMedium()]
      const acquisitionId = await world.coupon(await world.campaign(), lost)
      await world.coupon(await world.campaign(), stranger)
      const { holderId, mediumId } = await holderOf(lost)
      expect(await world.coupons.holderOfPresentation(await phoneOf(holderId), world.now)).toEqual({
        holderId,
        mediumId: null,
      })
      const others = await phoneOf((await holderOf(stranger)).holderId)
      expect(await transfer(mediumId, fresh, { presentation: others })).toBe('medium_not_shown')
      const older = await phoneOf(holderId)
      const newer = await phoneOf(holderId)
      expect(await transfer(mediumId, fresh, { presentation: older })).toBe('medium_not_shown')
      expect(await transfer(mediumId, fresh, { presentation: newer })).toBe(holderId)
      expect(await world.usable(fresh)).toEqual([{ acquisitionId, usesLeft: 1 }])
      // Once.
      expect(await transfer(mediumId, newMedium(), { presentation: newer })).toBe('medium_not_shown')
    })

    it('a phone is no medium: it is neither linked nor takes a place, and shows nobody who was erased', async () => {
      const lost = newMedium()
      await world.coupon(await world.campaign(), lost)
      const { holderId } = await holderOf(lost)
      const asked = { actionId: uuidv7(), intentHash: hashOf('link'), by, storeId: null, now: world.now }
      const presentations = [await shown(newMedium()), await phoneOf(holderId)] as const
      expect(await world.coupons.actOnMedia({ ...asked, kind: 'link', presentations })).toMatchObject({
        refusal: { reason: 'medium_not_shown' },
      })
      const phone = await phoneOf(holderId)
      await world.coupons.eraseHolder({ ...asked, actionId: uuidv7(), holderId, reason: 'asked for it' })
      expect(await world.coupons.holderOfPresentation(phone, world.now)).toBeNull()
      expect(await world.coupons.holderOfPresentation(await phoneOf(holderId), world.now)).toBeNull()
    })

    it('gives way to a card that is in use already when both customers are to be one: what they have adds up', async () => {
      const [lost, used] = [newMedium(), newMedium()]
      const [first, second] = [await world.campaign(), await world.campaign()]
      const kept = [await world.coupon(first, lost), await world.coupon(second, used)]
      const [{ holderId, mediumId }, other] = [await holderOf(lost), await holderOf(used)]
      expect(other.holderId).not.toBe(holderId)
      expect(await transfer(mediumId, used, { reason: 'knew them' })).toBe('medium_of_another')
      const one = await transfer(mediumId, used, { reason: 'knew them' }, true)
      expect([holderId, other.holderId]).toContain(one)
      expect((await world.usable(used)).map(({ acquisitionId }) => acquisitionId).sort()).toEqual([...kept].sort())
      const blocked = (await world.coupons.holder(one, world.now))?.media.map((medium) => medium.blocked)
      expect(blocked?.sort()).toEqual([false, true])
    })
  })
}
