import { describe, expect, it } from 'vitest'
import { ScreenSession } from '../../../browser/screenSession.ts'

describe('ScreenSession', () => {
  it('exchanges its token once, for a secret that it then accepts', () => {
    const session = new ScreenSession()
    const token = session.issue()
    const secret = session.exchange(token)
    expect(secret).toMatch(/^[\w-]{43}$/)
    expect(session.accepts(secret ?? '')).toBe(true)
    expect(session.exchange(token)).toBeNull()
  })

  it('accepts nothing before the exchange, nor the token itself, nor another secret', () => {
    const session = new ScreenSession()
    const token = session.issue()
    expect(session.accepts('')).toBe(false)
    expect(session.accepts(undefined)).toBe(false)
    session.exchange(token)
    expect(session.accepts(token)).toBe(false)
    expect(session.accepts('A'.repeat(43))).toBe(false)
  })

  it('refuses a wrong token and stays open for the right one', () => {
    const session = new ScreenSession()
    expect(session.exchange('')).toBeNull()
    const token = session.issue()
    expect(session.exchange('')).toBeNull()
    expect(session.exchange(`${token}x`)).toBeNull()
    expect(session.exchange(token)).not.toBeNull()
  })

  it('gives a browser that starts again a new token, whose exchange ends the session before', () => {
    const session = new ScreenSession()
    const unused = session.issue()
    const first = session.exchange(session.issue())
    expect(session.exchange(unused)).toBeNull()
    const second = session.exchange(session.issue())
    expect(session.accepts(first ?? '')).toBe(false)
    expect(session.accepts(second ?? '')).toBe(true)
  })
})
