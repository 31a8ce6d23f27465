import { describe, expect, it } from 'vitest'
import type { GatewayResult } from '../../../../core/ports/couponGateway.ts'
import type { RegistrationGateway } from '../../../../core/ports/registrationGateway.ts'
import { CustomerCodes } from '../../../../counter/cashier/customerCodes.ts'
import { refusal } from '../../../../counter/session/model.ts'
import { settled } from '../counterParts.ts'
import { card } from '../session/visits.ts'

type Came = GatewayResult<{ presentation: string; expiresAt: string; known: boolean }>

const CODE = { presentation: 'ABCD-EFGH-JKMN', expiresAt: '2026-11-23T03:00:00.000Z', known: false }

/** Somebody is signed in; the server answers when the test says so. */
function setUp() {
  const answers: ((came: Came) => void)[] = []
  const asked: unknown[] = []
  const gateway = {
    present: (request: unknown) => {
      asked.push(request)
      return new Promise<Came>((answer) => void answers.push(answer))
    },
  } as Partial<RegistrationGateway> as RegistrationGateway
  const cashiers: { current: { operatorId: string; name: string; role: 'cashier' } | null } = {
    current: { operatorId: 'rin', name: 'Rin', role: 'cashier' },
  }
  const connectivity = { heard: () => {}, toldRevoked: false }
  const codes = new CustomerCodes({ registration: { gateway, connectivity }, cashiers, changed: () => {} })
  const answer = async (came: Came) => {
    answers.shift()?.(came)
    await settled()
  }
  return { codes, asked, answer, cashiers }
}

describe('a code by which the office finds a customer', () => {
  it('comes for the card that is tapped while one is asked for, and begins no visit', async () => {
    const { codes, asked, answer } = setUp()
    expect(codes.takes(card(1))).toBe(false)
    expect(codes.carryOut('ask')).toBeNull()
    expect(codes.state).toEqual({ step: 'waiting' })
    expect(codes.takes(card(1))).toBe(true)
    expect(codes.state).toEqual({ step: 'asking' })
    expect(asked).toEqual([{ medium: { type: card(1).type, keys: card(1).keys }, entry: 'tap' }])
    await answer({ kind: 'answered', answer: CODE })
    const expiresAt = Date.parse(CODE.expiresAt)
    expect(codes.state).toEqual({ step: 'shown', code: CODE.presentation, expiresAt, known: false })
    // The next card, to link both.
    expect(codes.takes(card(2))).toBe(true)
    expect(asked).toHaveLength(2)
  })

  it('that comes when nobody waits for it any more is nobody’s', async () => {
    const { codes, answer } = setUp()
    codes.carryOut('ask')
    codes.takes(card(1))
    codes.carryOut('stop')
    codes.carryOut('ask')
    await answer({ kind: 'answered', answer: CODE })
    expect(codes.state).toEqual({ step: 'waiting' })
    codes.takes(card(2))
    codes.left()
    await answer({ kind: 'answered', answer: CODE })
    expect(codes.state).toBeNull()
  })

  it('does not come without the server, for a card that cannot be read, or for a number that was typed; another card may be tried', async () => {
    const { codes, asked, answer } = setUp()
    codes.carryOut('ask')
    codes.takes(card(1))
    await answer({ kind: 'unreachable', cause: 'deadline' })
    expect(codes.state).toMatchObject({ step: 'refused', refused: { reason: 'server_unreachable' } })
    expect(codes.fails(refusal('medium_unstable'))).toBe(true)
    expect(codes.state).toMatchObject({ refused: { reason: 'medium_unstable' } })
    codes.takes({ ...card(1), entry: 'keyed' })
    expect(codes.state).toMatchObject({ refused: { reason: 'medium_too_weak' } })
    expect(asked).toHaveLength(1)
    codes.takes(card(1))
    expect(asked).toHaveLength(2)
  })

  it('is for whoever is signed in', () => {
    const { codes, cashiers } = setUp()
    cashiers.current = null
    expect(codes.carryOut('ask')?.reason).toBe('operator_not_allowed')
    expect(codes.fails(refusal('medium_unreadable'))).toBe(false)
    expect(codes.state).toBeNull()
  })
})
