import fc from 'fast-check'
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
  const presses = (pressed: object) => {
    const event = new PreventableEvent()
    const none = { type: 'keyDown', control: false, meta: false, alt: false, shift: false }
    contents.emit('before-input-event', event, { ...none, ...pressed })
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

  it('goes nowhere, whatever address it is given', () => {
    const address = fc.oneof(
      fc.webUrl(),
      fc.string(),
      fc.webPath().map((path) => `app://tapcoupon${path}`),
      fc.string({ minLength: 1 }).map((more) => `app://tapcoupon/${more}`),
      fc.domain().map((host) => `app://tapcoupon.${host}/`),
      fc.domain().map((host) => `app://tapcoupon@${host}/`),
    )
    fc.assert(
      fc.property(address, (url) => {
        fc.pre(url !== 'app://tapcoupon/')
        expect(asks('will-frame-navigate', { url, isMainFrame: true })).toBe(true)
      }),
    )
  })

  it('is given no Bluetooth device, and cannot hold up its own reload', () => {
    const event = new PreventableEvent()
    const answer = vi.fn()
    contents.emit('select-bluetooth-device', event, [{ deviceId: 'first' }], answer)
    expect(event.prevented).toBe(true)
    expect(answer).toHaveBeenCalledExactlyOnceWith('')
    expect(asks('will-prevent-unload')).toBe(true)
  })

  it.each([
    ['Alt+F4', { key: 'F4', alt: true }],
    ['Ctrl+W', { key: 'w', control: true }],
    ['Cmd+Q', { key: 'q', meta: true }],
    ['Ctrl+Shift+I', { key: 'I', control: true, shift: true }],
    ['Ctrl and plus', { key: '+', control: true }],
    ['Alt+Left', { key: 'ArrowLeft', alt: true }],
    ['F11', { key: 'F11' }],
    ['F5', { key: 'F5' }],
    ['a browser key', { key: 'BrowserBack' }],
  ])('is not left by %s', (_, pressed) => {
    expect(presses(pressed)).toBe(true)
    expect(presses({ ...pressed, type: 'keyUp' })).toBe(false)
  })

  it.each([
    ['a digit', { key: '5' }],
    ['Enter', { key: 'Enter' }],
    ['F2', { key: 'F2' }],
    ["a scanner's GS", { key: ']', control: true }],
    ["a scanner's LF", { key: 'j', control: true }],
    ['AltGr and q, a letter on some keyboards', { key: '@', control: true, alt: true }],
  ])('is used by %s', (_, pressed) => {
    expect(presses(pressed)).toBe(false)
  })

  it('is not redirected, opens no window and embeds no page', () => {
    expect(asks('will-redirect')).toBe(true)
    expect(asks('will-attach-webview')).toBe(true)
    expect(contents.windowOpenHandler?.()).toEqual({ action: 'deny' })
  })
})

describe('the session', () => {
  const session = new DoubleSession()
  lockSession(session as never, false)
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

  it.each(['select-hid-device', 'select-usb-device', 'select-serial-port'])('chooses nothing at %s', (name) => {
    const event = new PreventableEvent()
    const answer = vi.fn()
    const given = name === 'select-serial-port' ? [[{ portId: 'first' }], {}] : [{}]
    session.emit(name, event, ...given, answer)
    expect(event.prevented).toBe(true)
    expect(answer).toHaveBeenCalledExactlyOnceWith('')
  })

  it('asks nobody but its own origin, whatever the address looks like', () => {
    const address = fc.oneof(
      fc.webUrl(),
      fc.string(),
      fc.domain().map((host) => `app://${host}/`),
      fc.domain().map((host) => `app://tapcoupon:x@${host}/`),
      fc.webPath().map((path) => `devtools://devtools${path}`),
    )
    fc.assert(
      fc.property(address, (url) => {
        const answer = vi.fn()
        handler('request')({ url }, answer)
        expect(answer).toHaveBeenCalledExactlyOnceWith({ cancel: true })
      }),
    )
  })

  it('loads developer tools only where a window has them', () => {
    const windowed = new DoubleSession()
    lockSession(windowed as never, true)
    const answer = vi.fn()
    const request = windowed.handlers.request as (...given: unknown[]) => unknown
    request({ url: 'devtools://devtools/bundled/inspector.html' }, answer)
    expect(answer).toHaveBeenCalledExactlyOnceWith({ cancel: false })
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
