import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { WedgeKey } from '../../../core/readers/protocol.ts'
import { BURST_GAP_MS, burstDetector, type KeyStroke } from '../../../renderer/wedge/burst.ts'

const key = (name: string, at: number): KeyStroke => ({
  code: /^\d$/.test(name) ? `Digit${name}` : name.length === 1 ? `Key${name.toUpperCase()}` : name,
  key: name,
  shift: false,
  ctrl: false,
  alt: false,
  at,
})

/** Presses `names`, `gapMs` apart, and tells the verdicts and what was emitted. */
function run(names: readonly string[], gapMs: number) {
  const bursts: WedgeKey[][] = []
  const detector = burstDetector((keys) => bursts.push(keys))
  const verdicts = names.map((name, index) => detector.press(key(name, index * gapMs)))
  detector.idle()
  return { verdicts, bursts, text: bursts.map((keys) => keys.map((one) => one.key).join('')) }
}

describe('a scanner', () => {
  it('is recognised at its fourth character; from there the page gets nothing', () => {
    const { verdicts, bursts } = run([...'490123', 'Enter'], 12)
    expect(verdicts).toEqual(['pass', 'pass', 'pass', 'recognised', 'swallow', 'swallow', 'swallow'])
    expect(bursts).toHaveLength(1)
    expect(bursts[0]?.map((one) => one.atMs)).toEqual([0, 12, 24, 36, 48, 60, 72])
  })

  it.each(['Enter', 'NumpadEnter', 'Tab'])('may end by %s, which presses nothing', (end) => {
    expect(run([...'4901', end], 5).verdicts.at(-1)).toBe('swallow')
  })

  it('may end by a pause', () => {
    expect(run([...'4901'], 5).text).toEqual(['4901'])
  })

  it('may hold Shift between its characters', () => {
    const { text } = run(['A', 'Shift', 'b', 'Shift', 'C', 'd', 'Enter'], 8)
    expect(text).toEqual(['AbCdEnter'])
  })

  it('two in a row are two', () => {
    const bursts: WedgeKey[][] = []
    const detector = burstDetector((keys) => bursts.push(keys))
    for (const start of [0, 500]) for (const index of [0, 1, 2, 3, 4]) detector.press(key('7', start + index * 10))
    detector.idle()
    expect(bursts).toHaveLength(2)
  })

  it('sends keys that the contract takes, whatever their names', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1, maxLength: 80 }), { maxLength: 40 }), (names) => {
        for (const burst of run(names, 3).bursts) {
          expect(burst.length).toBeLessThanOrEqual(5_000)
          for (const one of burst) expect(WedgeKey.safeParse(one).success).toBe(true)
        }
      }),
    )
  })
})

describe('a busy page', () => {
  it('that hears a scan late still takes it as one: the keys’ own times decide', () => {
    const bursts: WedgeKey[][] = []
    const detector = burstDetector((keys) => bursts.push(keys))
    detector.press(key('4', 0))
    detector.press(key('9', 10))
    detector.idle()
    for (const at of [20, 30, 40]) detector.press(key('0', at))
    detector.press(key('Enter', 50))
    expect(bursts.map((keys) => keys.length)).toEqual([6])
  })
})

describe('a hand', () => {
  it('is never taken for a scanner at its own speed', () => {
    const { verdicts, bursts } = run([...'1200', 'Enter'], BURST_GAP_MS)
    expect(new Set(verdicts)).toEqual(new Set(['pass']))
    expect(bursts).toEqual([])
  })

  it('keeps its Enter after three fast characters', () => {
    expect(run([...'120', 'Enter'], 20).verdicts).toEqual(['pass', 'pass', 'pass', 'pass'])
  })

  it('keeps arrows and function keys, however fast', () => {
    expect(run(['ArrowDown', 'ArrowDown', 'F2', 'ArrowUp', 'Escape'], 5).verdicts).toEqual(Array(5).fill('pass'))
  })

  it('slower than the gap loses nothing to a scan before it', () => {
    const { text } = run([...'4901', 'Enter'], 10)
    expect(text).toEqual(['4901Enter'])
    expect(run(['1', '2'], 400).bursts).toEqual([])
  })
})

describe('the gap between keys', () => {
  /** Several lines in a row through one detector, each ended by Enter; returns how many were taken as scans. */
  function lines(...gaps: readonly number[]): boolean[] {
    let taken = false
    const detector = burstDetector(() => {
      taken = true
    })
    let at = 0
    return gaps.map((gapMs) => {
      taken = false
      at += 2_000
      for (const name of [...'4901234567', 'Enter']) {
        detector.press(key(name, at))
        at += gapMs
      }
      return taken
    })
  }

  it('shrinks to what the scanner needs: a fast typist is left alone once a fast scanner is known', () => {
    expect(lines(80)).toEqual([true])
    expect(lines(5, 60)).toEqual([true, false])
  })

  it('stays wide for a slow scanner, and for a fast one beside it', () => {
    expect(lines(80, 5, 80, 5)).toEqual([true, true, true, true])
  })

  it('widens again when another, slower scanner is used: its second scan is taken', () => {
    expect(lines(5, 80, 80, 80)).toEqual([true, false, true, true])
  })

  it('is not widened by a hand, whose keys are irregular', () => {
    const bursts: unknown[] = []
    const detector = burstDetector((keys) => bursts.push(keys))
    for (const [index, name] of [...'4901234567', 'Enter'].entries()) detector.press(key(name, index * 5))
    let at = 1_000
    for (let round = 0; round < 2; round++) {
      for (const [index, name] of [...'4901234567', 'Enter'].entries()) {
        at += index % 2 === 0 ? 95 : 42
        detector.press(key(name, at))
      }
      at += 1_000
    }
    expect(bursts).toHaveLength(1)
  })
})
