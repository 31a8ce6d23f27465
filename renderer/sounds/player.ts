import scores from '../../resources/sounds/tones.json' with { type: 'json' }

export type Sound = keyof typeof scores

interface Tone {
  readonly frequencyHz: number
  readonly startMs: number
  readonly durationMs: number
  readonly shape: string
  /** 0 to 1. */
  readonly volume: number
}

/** Attack and release of each tone, seconds: without them a tone clicks. */
const RAMP_S = 0.008

let context: AudioContext | null = null

/**
 * Plays a sound from `resources/sounds/tones.json`; `volume`: 0 to 1, of its own. A browser allows sound only after the first touch or key, which
 * signing in is; until then, and on a machine without sound, nothing is heard and nothing fails.
 */
export function play(sound: Sound, volume = 1): void {
  try {
    context ??= new AudioContext()
    if (context.state === 'suspended') void context.resume()
    for (const tone of scores[sound]) sing(context, { ...tone, volume: tone.volume * volume })
  } catch {
    context = null
  }
}

function sing(output: AudioContext, tone: Tone): void {
  const oscillator = output.createOscillator()
  const gain = output.createGain()
  const start = output.currentTime + tone.startMs / 1_000
  const end = start + tone.durationMs / 1_000
  oscillator.type = tone.shape === 'square' || tone.shape === 'triangle' ? tone.shape : 'sine'
  oscillator.frequency.value = tone.frequencyHz
  gain.gain.setValueAtTime(0, start)
  gain.gain.linearRampToValueAtTime(tone.volume, start + RAMP_S)
  gain.gain.setValueAtTime(tone.volume, end - RAMP_S)
  gain.gain.linearRampToValueAtTime(0, end)
  oscillator.connect(gain).connect(output.destination)
  oscillator.start(start)
  oscillator.stop(end)
}
