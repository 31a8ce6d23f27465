import { describe, expect, it, vi } from 'vitest'
import { lockContents, lockSession } from '../../../electron/main/lockdown.ts'
import { DoubleContents, DoubleSession, PreventableEvent } from './electronDoubles.ts'

describe('the page', () => {
  const contents = new DoubleContents()
  lockContents(contents.asContents)
  const asks = (name: string, fields: object = {}) => {
    const event = new PreventableEvent(fields)
    contents.emit(name, event)
    return event.prevented
  }

  it.each([
    'https://attacker.example/',
    'app://tapcoupon.example/',
    'app://tapcoupon/other',
    'file:///etc/passwd',
    'javascript:alert(1)',
  ])('does not navigate to %s', (url) => {
    expect(asks('will-frame-navigate', { url, isMainFrame: true })).toBe(true)
  })

  it('may load itself again, in the main frame only', () => {
    expect(asks('will-frame-navigate', { url: 'app://tapcoupon/', isMainFrame: true })).toBe(false)
    expect(asks('will-frame-navigate', { url: 'app://tapcoupon/', isMainFrame: false })).toBe(true)
  })

  it('is not redirected, opens no window and embeds no page', () => {
    expect(asks('will-redirect')).toBe(true)
    expect(asks('will-attach-webview')).toBe(true)
    expect(contents.windowOpenHandler?.()).toEqual({ action: 'deny' })
  })
})

describe('the session', () => {
  const session = new DoubleSession()
  lockSession(session as never)
  const handler = (name: string) => session.handlers[name] as (...given: unknown[]) => unknown

  it('grants no permission and no device', () => {
    const answer = vi.fn()
    handler('permission')(null, 'media', answer)
    expect(answer).toHaveBeenCalledExactlyOnceWith(false)
    expect(handler('check')()).toBe(false)
    expect(handler('device')()).toBe(false)
    const display = vi.fn()
    handler('display')({}, display)
    expect(display).toHaveBeenCalledExactlyOnceWith(null)
  })

  it('downloads nothing', () => {
    const event = new PreventableEvent()
    session.emit('will-download', event)
    expect(event.prevented).toBe(true)
  })

  it.each([
    ['app://tapcoupon/assets/main.js', false],
    ['https://attacker.example/', true],
    ['http://127.0.0.1/', true],
    ['file:///etc/passwd', true],
    ['app://tapcoupon.example/', true],
    ['not a url', true],
  ])('asked for %s, cancels: %s', (url, cancel) => {
    const answer = vi.fn()
    handler('request')({ url }, answer)
    expect(answer).toHaveBeenCalledExactlyOnceWith({ cancel })
  })
})
