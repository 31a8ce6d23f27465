import type { WedgeKey } from '../../core/readers/protocol.ts'

/** Keys this close together, milliseconds, may be one scan. Zebra wedges average 80 between keys and peak at 100. */
export const BURST_GAP_MS = 100
/**
 * A scan without Enter or Tab ends after this long without a key, milliseconds. Longer than the gap, because this is
 * measured when the page hears the keys, and a busy page hears them late and in bunches.
 */
export const BURST_QUIET_MS = 300
/** Characters from which keys this fast are a scanner and not a hand. */
export const BURST_CHARACTERS = 4
/** As many keys as one command carries. */
const MAX_KEYS = 5_000

/** One `keydown`, without its element. `at` counts milliseconds from any start. */
export interface KeyStroke {
  readonly code: string
  readonly key: string
  readonly shift: boolean
  readonly ctrl: boolean
  readonly alt: boolean
  readonly at: number
}

/**
 * - `pass`: perhaps a hand; the page gets the key.
 * - `recognised`: now it is certain; what the first keys did must be taken back. The page does not get the key.
 * - `swallow`: within a scan. The page does not get the key.
 */
export type Verdict = 'pass' | 'recognised' | 'swallow'

const MODIFIERS: readonly string[] = ['Shift', 'Control', 'Alt', 'AltGraph', 'Meta', 'CapsLock', 'NumLock']
const TERMINATORS: readonly string[] = ['Enter', 'NumpadEnter', 'Tab']

/** IME and dead keys say `Process` or `Dead`: the code still tells which key it was. */
function isCharacter({ key }: KeyStroke): boolean {
  return [...key].length === 1 || key === 'Process' || key === 'Dead' || key === 'Unidentified'
}

/** Scans from which a scanner's own speed is known; shorter ones say little about it. */
const TELLING_KEYS = 8
/** As many of the last scans count: a shop may have a fast scanner and a slow one. */
const REMEMBERED_SCANS = 5
/** A fast scanner's keys are never asked to be closer than this, milliseconds: a busy system bunches them. */
const LEAST_GAP_MS = 40

/**
 * How far apart keys of one scan may be: 100 ms at first, then four times what the slowest of the last scans took between
 * keys. A counter with a fast scanner so leaves a fast typist alone. Fast and regular keys that came just too slowly for
 * that are another scanner: what was learned is forgotten, and its next scan is taken.
 */
export function adaptiveGap() {
  let medians: number[] = []
  return {
    limit(): number {
      if (medians.length === 0) return BURST_GAP_MS
      return Math.min(BURST_GAP_MS, Math.max(LEAST_GAP_MS, 4 * Math.max(...medians)))
    },
    scanned(times: readonly number[]) {
      if (times.length >= TELLING_KEYS) medians = [...medians, medianOf(gapsOf(times))].slice(-REMEMBERED_SCANS)
    },
    /** A line of keys, ended by Enter or Tab, that was taken for a hand's. */
    typed(times: readonly number[]) {
      const gaps = gapsOf(times)
      const regular = times.length >= TELLING_KEYS && Math.max(...gaps) < BURST_GAP_MS
      if (regular && Math.max(...gaps) <= 1.5 * Math.min(...gaps) + 15) medians = []
    },
  }
}

const gapsOf = (times: readonly number[]) => times.slice(1).map((at, index) => at - (times[index] ?? at))

function medianOf(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

/**
 * Tells a scanner from a hand by speed alone: at least four characters closer together than `adaptiveGap` says. A scan ends by Enter or
 * Tab, or when `idle` is called after a pause; `onBurst` then gets all of its keys, the terminator too.
 */
export function burstDetector(onBurst: (keys: WedgeKey[]) => void) {
  let strokes: KeyStroke[] = []
  let characters = 0
  const gap = adaptiveGap()
  /** Of keys that may be a line of another scanner, slower than those so far. */
  let line: number[] = []

  const reset = () => {
    strokes = []
    characters = 0
  }
  const emit = () => {
    const first = strokes[0]?.at ?? 0
    const keys = strokes.map(({ at, code, key, ...modifiers }) => ({
      code: code.slice(0, 32),
      key: key.slice(0, 32),
      ...modifiers,
      atMs: Math.max(0, at - first),
    }))
    gap.scanned(keys.map(({ atMs }) => atMs))
    reset()
    line = []
    onBurst(keys)
  }
  const recognised = () => characters >= BURST_CHARACTERS

  return {
    press(stroke: KeyStroke): Verdict {
      if (MODIFIERS.includes(stroke.key)) return 'pass'
      const last = strokes.at(-1)
      if (stroke.at - (line.at(-1) ?? stroke.at) >= BURST_GAP_MS) line = []
      line = [...line.slice(-TELLING_KEYS * 8), stroke.at]
      if (last && stroke.at - last.at >= gap.limit()) {
        if (recognised()) emit()
        reset()
      }
      if (TERMINATORS.includes(stroke.code)) {
        if (!recognised()) {
          gap.typed(line)
          line = []
          reset()
          return 'pass'
        }
        strokes.push(stroke)
        emit()
        return 'swallow'
      }
      if (!isCharacter(stroke)) {
        if (recognised()) {
          strokes.push(stroke)
          return 'swallow'
        }
        reset()
        return 'pass'
      }
      if (strokes.length >= MAX_KEYS) emit()
      strokes.push(stroke)
      characters += 1
      if (characters < BURST_CHARACTERS) return 'pass'
      return characters === BURST_CHARACTERS ? 'recognised' : 'swallow'
    },
    /**
     * After a pause without a key. What is not yet recognised stays: keys that a busy page hears late still carry their
     * true times, and those decide.
     */
    idle() {
      if (recognised()) emit()
    },
    reset,
  }
}
