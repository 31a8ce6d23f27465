import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Channel } from '../../core/ports/channel.ts'

/** Two connected ends, of which the far one echoes: every message back as `{echo: message}`, in order. */
export interface ChannelRig {
  readonly near: Channel
  /** Ends the far side without a word, as a crash does. */
  kill(): Promise<void> | void
  /** Whether the far side has noticed that the near one closed. */
  farClosed(): Promise<boolean> | boolean
  close(): Promise<void> | void
}

async function until(what: string, probe: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + 10_000
  while (!(await probe())) {
    if (performance.now() > end) throw new Error(`not in time: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

/** What every `Channel` promises. The far end of the rig echoes. */
export function channelContract(name: string, makeRig: () => Promise<ChannelRig> | ChannelRig): void {
  describe(`Channel: ${name}`, () => {
    let rig: ChannelRig

    beforeEach(async () => {
      rig = await makeRig()
    })
    afterEach(() => rig.close())

    it('carries messages both ways, whole and in order', async () => {
      const heard: unknown[] = []
      rig.near.onMessage((message) => heard.push(message))
      const sent = Array.from({ length: 200 }, (_, n) => ({ n, text: '会員'.repeat(n), nothing: null, list: [n, [n]] }))
      for (const message of sent) rig.near.post(message)
      await until('every echo', () => heard.length >= sent.length)
      expect(heard).toEqual(sent.map((message) => ({ echo: message })))
    })

    it('keeps what arrives before there is a listener', async () => {
      for (const n of [1, 2, 3]) rig.near.post({ n })
      await new Promise((resolve) => setTimeout(resolve, 200))
      const heard: unknown[] = []
      rig.near.onMessage((message) => heard.push(message))
      await until('the kept messages', () => heard.length === 3)
      expect(heard).toEqual([{ echo: { n: 1 } }, { echo: { n: 2 } }, { echo: { n: 3 } }])
    })

    it('tells once that the far end is gone, also to a listener that comes late', async () => {
      let told = 0
      rig.near.onClosed(() => {
        told += 1
      })
      await rig.kill()
      await until('closed', () => told > 0)
      let late = 0
      rig.near.onClosed(() => {
        late += 1
      })
      await until('closed, told late', () => late > 0)
      expect([told, late]).toEqual([1, 1])
    })

    it('takes a message after the end without harm', async () => {
      let told = false
      rig.near.onClosed(() => {
        told = true
      })
      await rig.kill()
      await until('closed', () => told)
      expect(() => rig.near.post({ n: 1 })).not.toThrow()
      expect(() => rig.near.close()).not.toThrow()
    })

    it('closes both ends', async () => {
      let told = false
      rig.near.onClosed(() => {
        told = true
      })
      rig.near.close()
      await until('closed here', () => told)
      await until('closed there', () => rig.farClosed())
    })
  })
}
