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

/**
 * Tells a scanner from a hand by speed alone: at least four characters less than 100 ms apart. A scan ends by Enter or
 * Tab, or when `idle` is called after a pause; `onBurst` then gets all of its keys, the terminator too.
 */
export function burstDetector(onBurst: (keys: WedgeKey[]) => void) {
  let strokes: KeyStroke[] = []
  let characters = 0

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
    reset()
    onBurst(keys)
  }
  const recognised = () => characters >= BURST_CHARACTERS

  return {
    press(stroke: KeyStroke): Verdict {
      if (MODIFIERS.includes(stroke.key)) return 'pass'
      const last = strokes.at(-1)
      if (last && stroke.at - last.at >= BURST_GAP_MS) {
        if (recognised()) emit()
        reset()
      }
      if (TERMINATORS.includes(stroke.code)) {
        if (!recognised()) {
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
