import { afterEach, describe, expect, it, vi } from 'vitest'
import type { ToCounter } from '../../../core/counter/protocol.ts'
import type { ScreenBridge } from '../../../core/counter/screenBridge.ts'
import { ANSWER_DEADLINE_MS, counterLine } from '../../../renderer/client/counterLine.ts'
import { electronClient } from '../../../renderer/client/electronClient.ts'
import { STATE } from '../../e2e/renderer/states.ts'

afterEach(() => vi.useRealTimers())

const unanswered = { ok: false, reason: 'in_progress', reasonGroup: 'integration', params: {} }

function line() {
  const posted: ToCounter[] = []
  return {
    posted,
    line: counterLine(
      (message) => posted.push(message) > 0,
      () => {},
    ),
  }
}

describe('the line to the counter', () => {
  it('has no state before the first, and then the newest, the same object until it changes', () => {
    const { line: client } = line()
    expect(client.state()).toBeNull()
    client.receive({ type: 'state', state: STATE })
    const first = client.state()
    expect(first?.revision).toBe(1)
    expect(client.state()).toBe(first)
    client.receive({ type: 'state', state: { ...STATE, revision: 2 } })
    expect(client.state()?.revision).toBe(2)
    expect(client.link()).toBe('connected')
  })

  it('matches answers with commands in any order', async () => {
    const { line: client, posted } = line()
    const first = client.send({ type: 'signOut' })
    const second = client.send({ type: 'nextCustomer' })
    client.receive({ type: 'result', requestId: posted[1]!.requestId, result: { ok: true } })
    client.receive({ type: 'result', requestId: posted[0]!.requestId, result: unanswered })
    expect(await second).toEqual({ ok: true })
    expect(await first).toEqual(unanswered)
  })

  it('settles every open command when it is lost, and keeps the last state', async () => {
    const { line: client } = line()
    client.receive({ type: 'state', state: STATE })
    const open = client.send({ type: 'signOut' })
    client.lost()
    expect(await open).toEqual(unanswered)
    expect(client.link()).toBe('lost')
    expect(client.state()?.revision).toBe(1)
  })

  it('settles a command that the transport cannot take, and one that is never answered', async () => {
    vi.useFakeTimers()
    expect(
      await counterLine(
        () => false,
        () => {},
      ).send({ type: 'signOut' }),
    ).toEqual(unanswered)
    const open = line().line.send({ type: 'signOut' })
    await vi.advanceTimersByTimeAsync(ANSWER_DEADLINE_MS)
    expect(await open).toEqual(unanswered)
  })

  it.each([[null], ['text'], [{ type: 'state', state: { revision: 1 } }], [{ type: 'result', requestId: -1 }]])(
    'drops what does not follow the protocol: %j',
    (message) => {
      const { line: client } = line()
      expect(client.receive(message)).toBe(false)
      expect(client.state()).toBeNull()
    },
  )

  it('tells its listeners until they stop', () => {
    const { line: client } = line()
    const listener = vi.fn()
    const stop = client.subscribe(listener)
    client.receive({ type: 'state', state: STATE })
    client.lost()
    expect(listener).toHaveBeenCalledTimes(2)
    stop()
    client.opened()
    expect(listener).toHaveBeenCalledTimes(2)
  })
})

describe('in Electron', () => {
  function bridge() {
    const listeners: { message?: (message: never) => void; link?: (link: 'connected' | 'lost') => void } = {}
    const post = vi.fn()
    const alive = vi.fn()
    const double: ScreenBridge = {
      post,
      alive,
      onMessage: (listener) => {
        listeners.message = listener as (message: never) => void
        return () => undefined
      },
      onLink: (listener) => {
        listeners.link = listener
        return () => undefined
      },
    }
    return { double, post, alive, say: (message: unknown) => listeners.message?.(message as never), link: listeners }
  }

  it('speaks the same protocol over the bridge', () => {
    const { double, post, say } = bridge()
    const client = electronClient(double)
    void client.send({ type: 'signOut' })
    expect(post).toHaveBeenCalledWith({ requestId: 1, command: { type: 'signOut' } })
    say({ type: 'state', state: STATE })
    expect(client.link()).toBe('connected')
  })

  it('tells the shell that the page stands', () => {
    const { double, alive } = bridge()
    electronClient(double).alive()
    expect(alive).toHaveBeenCalledExactlyOnceWith()
  })

  it('does not go on showing a state as live after a message that it cannot read', () => {
    const { double, say } = bridge()
    const client = electronClient(double)
    say({ type: 'state', state: STATE })
    say({ type: 'state', state: {} })
    expect(client.link()).toBe('lost')
  })

  it('follows the shell when the counter is gone and comes back', () => {
    const { double, link } = bridge()
    const client = electronClient(double)
    link.link?.('lost')
    expect(client.link()).toBe('lost')
    link.link?.('connected')
    expect(client.link()).toBe('connected')
  })
})
