import { describe, expect, it } from 'vitest'
import type { Journal } from '../../../counter/store/counterStore.ts'
import { Upkeep } from '../../../counter/upkeep.ts'
import { VirtualTime } from './counterParts.ts'

type Tidied = ReturnType<Journal['tidy']>
type Scrubbed = ReturnType<Journal['scrub']>
const tidied = (events: number, more: boolean): Tidied => ({ ok: true, value: { events, more } })

function setUp(script: { tidy?: Tidied[]; scrub?: Scrubbed[]; busy?: () => boolean }) {
  const time = new VirtualTime()
  const done: string[] = []
  const journal = {
    tidy: () => {
      done.push('tidy')
      return script.tidy?.shift() ?? tidied(0, false)
    },
    scrub: () => {
      done.push('scrub')
      return script.scrub?.shift() ?? ({ state: 'done' } as const)
    },
  }
  const isBusy = script.busy ?? (() => false)
  const upkeep = new Upkeep({ journal, scheduler: time, now: () => time.now(), isBusy })
  return { time, done, upkeep }
}

describe('upkeep', () => {
  it('waits for the start to be over, then tidies up slice by slice, then reads everything once', async () => {
    const { time, done, upkeep } = setUp({
      tidy: [tidied(200, true), tidied(200, true), tidied(3, false)],
      scrub: [{ state: 'more' }, { state: 'more' }, { state: 'done' }],
    })
    upkeep.begin()
    await time.pass(20_000)
    expect(done).toEqual([])
    await time.pass(60_000)
    expect(done).toEqual(['tidy', 'tidy', 'tidy', 'scrub', 'scrub', 'scrub'])
    await time.pass(24 * 3_600_000)
    expect(done.length).toBeGreaterThan(10)
    expect(done.length).toBeLessThan(30)
  })

  it('does nothing while somebody is served', async () => {
    let busy = true
    const { time, done, upkeep } = setUp({ busy: () => busy })
    upkeep.begin()
    await time.pass(120_000)
    expect(done).toEqual([])
    busy = false
    await time.pass(2_000)
    expect(done).toEqual(['tidy', 'scrub'])
  })

  it('a full disk is tried again in a minute, not at once', async () => {
    const full: Tidied = { ok: false, fault: 'full', detail: '' }
    const { time, done, upkeep } = setUp({ tidy: [full, full] })
    upkeep.begin()
    await time.pass(30_000 + 61_000)
    expect(done).toEqual(['tidy', 'tidy'])
    await time.pass(61_000)
    expect(done).toEqual(['tidy', 'tidy', 'tidy', 'scrub'])
  })

  it('ends with damage, and when it is told to', async () => {
    const { time, done, upkeep } = setUp({ scrub: [{ state: 'damaged', detail: '' }] })
    upkeep.begin()
    await time.pass(24 * 3_600_000)
    expect(done).toEqual(['tidy', 'scrub'])
    const other = setUp({})
    other.upkeep.begin()
    await other.upkeep.stop()
    await other.time.pass(3_600_000)
    expect(other.done).toEqual([])
  })
})
