import { describe, expect, it } from 'vitest'
import type { RawMedium } from '../../../../core/media/medium.ts'
import type { Scheduler } from '../../../../core/ports/scheduler.ts'
import { systemClock, systemIds } from '../../../../counter/system.ts'
import { SimulatedReader } from '../../../../drivers/simulated/adapter.ts'
import { Recorder } from '../../../contract/mediumReader.ts'

const felica: RawMedium = { type: 'felica-idm', identifier: '0123456789abcdef' }

function started(scheduler: Scheduler = { after: () => () => {} }) {
  const reader = new SimulatedReader(systemClock, systemIds, scheduler)
  const recorder = new Recorder()
  reader.start(recorder.events)
  return { reader, recorder }
}

describe('the simulated reader', () => {
  it('taps cards and scans codes', () => {
    const { reader, recorder } = started()
    reader.present(felica)
    reader.present({ type: 'qr', identifier: 'MEMBER-1' })
    expect(recorder.reads.map(({ entry }) => entry)).toEqual(['tap', 'scan'])
  })

  it.each([
    ['unstable', 'medium_unstable'],
    ['unreadable', 'medium_unreadable'],
  ] as const)('plays a bad tap: %s', (fault, reason) => {
    const { reader, recorder } = started()
    reader.present(felica, fault)
    expect(recorder.summary()).toBe('simulated=ready reading failed')
    expect(recorder.failures[0]!.reason).toBe(reason)
  })

  it.each([
    ['08a1b2c3', 'medium_unstable'],
    ['08a1', 'medium_unreadable'],
  ])('fails a card that a real reader would fail: %s', (identifier, reason) => {
    const { reader, recorder } = started()
    reader.present({ type: 'nfc-uid', identifier })
    expect(recorder.failures.map((failure) => failure.reason)).toEqual([reason])
  })

  it('plays a slow card: reading at once, the medium later, nothing after it was stopped', async () => {
    const due: (() => void)[] = []
    let cancelled = 0
    const { reader, recorder } = started({
      after: (_, task) => {
        due.push(task)
        return () => {
          cancelled += 1
        }
      },
    })
    reader.present(felica, 'slow')
    reader.present(felica, 'slow')
    expect(recorder.summary()).toBe('simulated=ready reading reading')
    due[0]!()
    expect(recorder.reads).toHaveLength(1)
    await reader.stop()
    expect(cancelled).toBe(1)
  })
})
