import { describe, expect, it } from 'vitest'
import { REPLICA_PHASES, SNAPSHOT_FAULTS } from '../../../core/counter/state.ts'
import { copyProgress } from '../../../renderer/reception/status/copyProgress.ts'
import en from '../../../resources/locales/en/counter.json' with { type: 'json' }

const t = ((key: string, params?: object) => `${key} ${JSON.stringify(params ?? {})}`) as unknown as Parameters<
  typeof copyProgress
>[0]['t']
const progress = (phase: (typeof REPLICA_PHASES)[number], received: number, total: number | null) =>
  copyProgress({ t }, { phase, received, total, problem: null })

describe('the way of a new copy, on the screen', () => {
  it('is whole percents, never more than there are', () => {
    expect(progress('downloading', 999, 1_000)).toBe('status.copy.downloading {"percent":99}')
    expect(progress('downloading', 0, null)).toBe('status.copy.asked {}')
    expect(progress('downloading', 0, 0)).toBe('status.copy.asked {}')
  })

  it('is nothing while none is on its way', () => {
    const shown = REPLICA_PHASES.filter((phase) => progress(phase, 1, 2) !== undefined)
    expect(shown).toEqual(['downloading', 'checking', 'installing'])
  })

  it('has words for every reason why one was not taken', () => {
    expect(Object.keys(en.status.copy.problems)).toEqual([...SNAPSHOT_FAULTS])
  })
})
