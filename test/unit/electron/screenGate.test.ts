import { EventEmitter } from 'node:events'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ScreenEvents } from '../../../counter/supervisor/counterSupervisor.ts'
import { IPC } from '../../../electron/ipcChannels.ts'
import type { ElectronApis } from '../../../electron/main/electronApis.ts'
import { isOurPage } from '../../../electron/main/pageMessages.ts'
import { openScreenGate } from '../../../electron/main/screenGate.ts'
import { DoubleContents } from './electronDoubles.ts'

const signOut = { requestId: 1, command: { type: 'signOut' } }

function gate() {
  const ipcMain = new EventEmitter()
  const contents = new DoubleContents()
  const posted: unknown[] = []
  const screens: ScreenEvents[] = []
  const counter = { ready: true, closed: 0 }
  let wake: (ready: boolean) => void = () => {}
  const beats: string[] = []
  const lines = {
    whenReady: () =>
      counter.ready
        ? Promise.resolve(true)
        : new Promise<boolean>((resolve) => {
            wake = resolve
          }),
    openScreen(events: ScreenEvents) {
      screens.push(events)
      return {
        post: (message: unknown) => void posted.push(message),
        close: () => {
          counter.closed += 1
        },
      }
    },
  }
  openScreenGate(ipcMain as unknown as ElectronApis['ipcMain'], contents.asContents, lines, () => beats.push('alive'))
  const settle = () => new Promise((resolve) => setImmediate(resolve))
  return {
    ipcMain,
    contents,
    posted,
    beats,
    screens,
    counter,
    settle,
    comeBack() {
      counter.ready = true
      wake(true)
    },
    async open() {
      ipcMain.emit(IPC.open, contents.event())
      await settle()
    },
  }
}

describe('the gate between window and counter', () => {
  it('opens the line when the page listens, and says so before the first state', async () => {
    const { open, screens, contents } = gate()
    await open()
    screens[0]?.message({ type: 'state' })
    expect(contents.sent).toEqual([
      [IPC.link, 'connected'],
      [IPC.fromCounter, { type: 'state' }],
    ])
  })

  it("lets our page's commands through", async () => {
    const { open, ipcMain, contents, posted } = gate()
    await open()
    ipcMain.emit(IPC.toCounter, contents.event(), signOut)
    expect(posted).toEqual([signOut])
  })

  it.each([
    ['a frame that is gone', { senderFrame: null }],
    ['a frame inside the page', { senderFrame: { parent: {}, origin: 'app://tapcoupon' } }],
    ['another origin', { senderFrame: { parent: null, origin: 'https://attacker.example' } }],
    ['an origin that only begins like ours', { senderFrame: { parent: null, origin: 'app://tapcoupon.example' } }],
    ['another window', { sender: new DoubleContents() }],
  ])('drops what comes from %s', async (_, changes) => {
    const { open, ipcMain, contents, posted, screens } = gate()
    ipcMain.emit(IPC.open, contents.event(changes))
    await open()
    ipcMain.emit(IPC.toCounter, contents.event(changes), signOut)
    expect(posted).toEqual([])
    expect(screens).toHaveLength(1)
  })

  it('drops a main frame that has gone elsewhere', async () => {
    const { open, ipcMain, contents, posted } = gate()
    await open()
    contents.mainFrame.origin = 'https://attacker.example'
    ipcMain.emit(IPC.toCounter, contents.event(), signOut)
    expect(posted).toEqual([])
  })

  it.each([
    ['nothing', undefined],
    ['an unknown command', { requestId: 1, command: { type: 'format' } }],
    ['no request id', { command: { type: 'signOut' } }],
    [
      'too long a code',
      { requestId: 1, command: { type: 'firstRun', action: { do: 'typeCode', text: 'x'.repeat(513) } } },
    ],
  ])('drops %s', async (_, message) => {
    const { open, ipcMain, contents, posted } = gate()
    await open()
    ipcMain.emit(IPC.toCounter, contents.event(), message)
    expect(posted).toEqual([])
  })

  it('hears that the page stands from the page alone, and only without anything else', () => {
    const { ipcMain, contents, beats } = gate()
    ipcMain.emit(IPC.alive, contents.event({ senderFrame: null }))
    ipcMain.emit(IPC.alive, contents.event(), { more: 1 })
    expect(beats).toEqual([])
    ipcMain.emit(IPC.alive, contents.event())
    expect(beats).toEqual(['alive'])
  })

  it('lets nothing in that is not exactly our origin, whatever it looks like', () => {
    const { contents } = gate()
    const alike = fc.oneof(
      fc.webUrl(),
      fc.string(),
      fc.string({ minLength: 1 }).map((more) => `app://tapcoupon${more}`),
      fc.string({ minLength: 1 }).map((more) => `${more}app://tapcoupon`),
      fc.constantFrom('app://TAPCOUPON', 'App://tapcoupon', 'app://tapcoupon/', 'app:tapcoupon', 'null', ''),
    )
    fc.assert(
      fc.property(alike, (origin) => {
        fc.pre(origin !== 'app://tapcoupon')
        contents.mainFrame.origin = origin
        expect(isOurPage(contents.event(), contents.asContents)).toBe(false)
      }),
    )
    contents.mainFrame.origin = 'app://tapcoupon'
    expect(isOurPage(contents.event(), contents.asContents)).toBe(true)
  })

  it('passes only what the protocol names', async () => {
    const { open, ipcMain, contents, posted } = gate()
    await open()
    ipcMain.emit(IPC.toCounter, contents.event(), { ...signOut, extra: 'x' })
    expect(posted).toEqual([signOut])
  })

  it('says that the counter is lost, and connects again when it is back', async () => {
    const { open, screens, contents, counter, settle, comeBack } = gate()
    await open()
    counter.ready = false
    screens[0]?.lost()
    await settle()
    expect(contents.sent.at(-1)).toEqual([IPC.link, 'lost'])
    expect(screens).toHaveLength(1)
    comeBack()
    await settle()
    expect(screens).toHaveLength(2)
    expect(contents.sent.at(-1)).toEqual([IPC.link, 'connected'])
  })

  it('gives a reloaded page a line of its own and closes the old one', async () => {
    const { open, screens, contents, counter } = gate()
    await open()
    await open()
    expect(counter.closed).toBe(1)
    const before = contents.sent.length
    screens[0]?.message({ type: 'state' })
    screens[0]?.lost()
    expect(contents.sent).toHaveLength(before)
  })

  it('closes the line with the window', async () => {
    const { open, contents, counter } = gate()
    await open()
    contents.destroyed = true
    contents.emit('destroyed')
    expect(counter.closed).toBe(1)
  })
})
