import { afterEach, describe, expect, it } from 'vitest'
import type { Scheduler } from '../../../../core/ports/scheduler.ts'
import type { Presenting } from '../../../../core/readers/reader.ts'
import { systemClock, systemIds, systemScheduler } from '../../../../counter/system.ts'
import type { DeviceSession, DeviceSource, FoundDevice } from '../../../../drivers/deviceSource.ts'
import { Emission } from '../../../../drivers/emission.ts'
import type { HotPlug } from '../../../../drivers/hotplug.ts'
import type { Fault } from '../../../../drivers/nativeFault.ts'
import { Supervisor } from '../../../../drivers/supervisor.ts'
import { Recorder } from '../../../contract/mediumReader.ts'

const GONE = new Error('gone')

/** A transport whose devices are played. */
class PlayedSource implements DeviceSource {
  readonly transport = 'hid'
  readonly self = { readerId: 'hid', name: 'all' }
  readonly polled = true
  listed: FoundDevice[] = []
  listError: Error | null = null
  /** What `open` does; null: succeeds. */
  opening: (() => Promise<void>) | null = null
  /** By readerId. */
  readonly open_ = new Map<string, { lost: (error?: unknown) => void; halfRead: boolean; closed: boolean }>()
  opens = 0
  pluggingAtOpen: string | null = null

  plug(readerId: string, changes: Partial<FoundDevice> = {}): void {
    this.listed.push({ path: `/dev/${readerId}`, readerId, name: readerId, ...changes })
  }

  unplug(readerId: string): void {
    this.listed = this.listed.filter((device) => device.readerId !== readerId)
    this.open_.get(readerId)?.lost()
  }

  async find(): Promise<readonly FoundDevice[]> {
    if (this.listError) throw this.listError
    return [...this.listed]
  }

  async open({ readerId }: FoundDevice, lost: (error?: unknown) => void): Promise<DeviceSession> {
    this.opens += 1
    await this.opening?.()
    const state = { lost, halfRead: false, closed: false }
    this.open_.set(readerId, state)
    return {
      ...(this.pluggingAtOpen === null ? {} : { plugging: this.pluggingAtOpen }),
      cut: () => state.halfRead,
      close: async () => {
        state.closed = true
      },
    }
  }

  faultOf(error: unknown): Fault {
    if (error === GONE) return { state: 'error', code: 'service_gone' }
    return { state: 'busy', code: 'taken', fix: 'Close it.' }
  }
}

let stop = async () => {}
afterEach(() => stop())

function supervised(hotPlug: HotPlug = { watch: () => () => {} }, scheduler: Scheduler = systemScheduler) {
  const source = new PlayedSource()
  const emission = new Emission(systemClock, systemIds)
  const supervisor = new Supervisor(source, emission, scheduler, hotPlug)
  const recorder = new Recorder()
  emission.open(recorder.events)
  stop = () => supervisor.stop()
  return { source, emission, supervisor, recorder, start: () => supervisor.start() }
}

describe('a device', () => {
  it('that is there at the start, or is plugged in later, is opened', async () => {
    const { source, recorder, start } = supervised()
    source.plug('a')
    start()
    await recorder.ready('a')
    source.plug('b')
    await recorder.ready('b')
    expect(recorder.health('hid')?.state).toBe('ready')
  })

  it('that is pulled is absent at once, and is back within 2 s when it is plugged back', async () => {
    const { source, recorder, start } = supervised()
    source.plug('a')
    start()
    await recorder.ready('a')
    for (let round = 0; round < 3; round += 1) {
      source.unplug('a')
      expect(recorder.health('a')?.state).toBe('absent')
      source.plug('a')
      await recorder.until('back', () => recorder.health('a')?.state === 'ready')
    }
    expect(recorder.failures).toEqual([])
  })

  it('that is pulled in the middle of a presentation says so once, and nothing without one', async () => {
    const { source, recorder, start } = supervised()
    source.plug('a')
    start()
    await recorder.ready('a')
    source.open_.get('a')!.halfRead = true
    source.unplug('a')
    source.open_.get('a')!.lost()
    expect(recorder.failures.map(({ readerId, reason }) => [readerId, reason])).toEqual([['a', 'medium_unreadable']])
  })

  it('that vanishes from the list without a word is absent, and closed', async () => {
    const { source, recorder, start } = supervised()
    source.plug('a')
    start()
    await recorder.ready('a')
    source.listed = []
    await recorder.until('absent', () => recorder.health('a')?.state === 'absent', 2_000)
    expect(source.open_.get('a')!.closed).toBe(true)
  })

  it('whose node is another’s now, without a word, is closed and opened again', async () => {
    const { source, recorder, start } = supervised()
    source.plug('a', { plugging: '1' })
    start()
    await recorder.ready('a')
    source.open_.get('a')!.halfRead = true
    source.listed = []
    source.plug('a', { plugging: '2' })
    await recorder.until('opened again', () => source.opens === 2, 2_000)
    await recorder.ready('a')
    expect(recorder.failures).toHaveLength(1)
  })

  it('that came after it was listed is not opened twice for it', async () => {
    const { source, recorder, start } = supervised()
    source.plug('a', { plugging: 'none' })
    source.pluggingAtOpen = '1'
    start()
    await recorder.ready('a')
    source.listed = []
    source.plug('a', { plugging: '1' })
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    expect(source.opens).toBe(1)
  })

  it('that another program has taken says so, and is ready within 2 s of being given back', async () => {
    const { source, recorder, start } = supervised()
    source.plug('a')
    source.opening = () => Promise.reject(new Error('busy'))
    start()
    await recorder.until('busy', () => recorder.health('a')?.state === 'busy')
    await new Promise((resolve) => setTimeout(resolve, 900))
    source.opening = null
    await recorder.until('ready', () => recorder.health('a')?.state === 'ready')
    const states = recorder.reported.flatMap((each) =>
      each.kind === 'health' && each.health.readerId === 'a' ? [each.health.state] : [],
    )
    expect(states).toEqual(['opening', 'busy', 'ready'])
  })

  it('that neither opens nor fails is somebody else’s; opened too late, it is closed again', async () => {
    const { source, recorder, start } = supervised()
    source.plug('a')
    let finish = () => {}
    source.opening = () =>
      new Promise((resolve) => {
        finish = resolve
      })
    start()
    await recorder.until('claim timeout', () => recorder.health('a')?.code === 'claim_timeout')
    source.opening = null
    finish()
    await recorder.ready('a')
    expect(source.opens).toBe(2)
  })

  it('that was lost with an error is what the error says until it opens again', async () => {
    const { source, recorder, start } = supervised()
    source.plug('a')
    start()
    await recorder.ready('a')
    source.open_.get('a')!.lost(GONE)
    expect(recorder.health('a')).toMatchObject({ state: 'error', code: 'service_gone' })
    await recorder.until('ready', () => recorder.health('a')?.state === 'ready')
  })

  it('that cannot be used as it is is told and never opened', async () => {
    const { source, recorder, start } = supervised()
    source.plug('k', { fault: { state: 'absent', code: 'keyboard_mode', fix: 'Scan the code.' } })
    start()
    await recorder.until('told', () => recorder.health('k')?.code === 'keyboard_mode')
    expect(source.opens).toBe(0)
    expect(recorder.health('hid')?.state).toBe('absent')
    // Switched to another mode, where it is.
    source.listed = []
    source.plug('k')
    await recorder.until('ready', () => recorder.health('k')?.state === 'ready')
  })

  it('that a manager has switched off is let go of, and taken up again', async () => {
    const { source, emission, supervisor, recorder, start } = supervised()
    source.plug('a')
    start()
    await recorder.ready('a')
    emission.setDisabled(new Set(['a']))
    supervisor.reconsider()
    expect(recorder.health('a')).toMatchObject({ state: 'absent', code: 'disabled' })
    expect(source.open_.get('a')!.closed).toBe(true)
    emission.setDisabled(new Set())
    supervisor.reconsider()
    await recorder.ready('a')
  })
})

describe('a transport', () => {
  it('that cannot list its devices says so, and recovers', async () => {
    const { source, recorder, start } = supervised()
    source.plug('a')
    source.listError = new Error('no udev')
    start()
    await recorder.until('told', () => recorder.health('hid')?.code === 'taken')
    source.listError = null
    await recorder.until('ready', () => recorder.health('a')?.state === 'ready')
  })

  it('looks at once when something is plugged in, however long it had waited', async () => {
    let changed = () => {}
    const hotPlug: HotPlug = {
      watch: (listener) => {
        changed = listener
        return () => {}
      },
    }
    // Whoever waits for the next look of its own waits for ever.
    const noPoll: Scheduler = {
      after: (delayMs, task) => (delayMs < 1_000 ? systemScheduler.after(delayMs, task) : () => {}),
    }
    const { source, recorder, start } = supervised(hotPlug, noPoll)
    start()
    await recorder.until('listed', () => recorder.health('hid')?.state === 'absent')
    source.plug('a')
    changed()
    await recorder.ready('a')
  })

  it('that was stopped opens nothing any more', async () => {
    const { source, supervisor, recorder, start } = supervised()
    start()
    await recorder.until('listed', () => recorder.health('hid')?.state === 'absent')
    await supervisor.stop()
    source.plug('a')
    await new Promise((resolve) => setTimeout(resolve, 1_200))
    expect(source.opens).toBe(0)
  })
})

describe('what is presented', () => {
  const medium = { type: 'barcode', identifier: '0049012345' } as const
  const trace = () => ({ hex: '·· 0d', text: '99<CR>' })

  function gate(presenting: Presenting, enabled = true) {
    const raw: unknown[] = []
    const identified: string[] = []
    const recorder = new Recorder()
    const emission = new Emission(systemClock, systemIds)
    emission.open({
      ...recorder.events,
      raw: (each) => void raw.push(each),
      identified: (readerId) => void identified.push(readerId),
    })
    emission.setEnabled(enabled)
    emission.setPresenting(presenting)
    return { emission, recorder, raw, identified }
  }

  it('to a reader under test is told to support, also while data events are off', () => {
    const { emission, recorder, raw } = gate({ to: 'test', readerId: 'a' }, false)
    emission.reading('a')
    emission.read('a', medium, 'scan', { trace })
    emission.failed('a', 'medium_unreadable', trace)
    emission.ignored('a', trace)
    emission.read('b', medium, 'scan')
    expect(raw).toMatchObject([
      { readerId: 'a', mediumType: 'barcode', hex: '·· 0d' },
      { readerId: 'a', reason: 'medium_unreadable' },
      { readerId: 'a' },
    ])
    expect(recorder.reported).toEqual([])
  })

  it('while a reader is looked for names that reader once, and the next is a customer’s', () => {
    const { emission, recorder, identified } = gate({ to: 'identify' })
    emission.read('b', medium, 'scan')
    emission.read('b', medium, 'scan')
    expect(identified).toEqual(['b'])
    expect(recorder.reads).toHaveLength(1)
  })
})
