/** What the bytes so far amount to: one whole frame, or one that was lost. */
export type SerialFrame = { readonly kind: 'frame'; readonly data: Uint8Array } | { readonly kind: 'unreadable' }

/** A symbol ends with silence on ports that send no terminator. 9600 baud is ≈1 ms a byte. */
export const IDLE_MS = 50

/** On a port that does send one, silence only means that the rest is late: a busy USB hub, a stalled driver. */
export const TERMINATOR_DEADLINE_MS = 1_000

/** More than the largest QR code (7,089 digits). */
const MAX_FRAME_BYTES = 8_192

const STX = 0x02
const ETX = 0x03
const LF = 0x0a
const CR = 0x0d

/**
 * A serial scanner's byte stream → frames: ended by CR, LF, CR LF or ETX (NCR and Nixdorf put STX in front), or by
 * silence. Once a port has ended a frame with a terminator, silence no longer ends one there: half a symbol that
 * stalled on its way must not become an identity.
 */
export class SerialCodec {
  readonly #sevenBits: boolean
  readonly #framed: boolean
  #inFrame = false
  #buffer = new Uint8Array(256)
  #length = 0
  #overflowed = false
  #terminates = false

  /**
   * `sevenBits`: the eighth bit is parity and no data; drivers of virtual ports pass it on. `framed`: a message begins with
   * STX and ends with ETX, and what lies outside is noise. `terminated`: every message ends with a terminator, so that
   * silence never ends one, not even the first.
   */
  constructor({ sevenBits = false, framed = false, terminated = false } = {}) {
    this.#sevenBits = sevenBits
    this.#framed = framed
    this.#terminates = framed || terminated
  }

  /** Takes the next bytes, however they were split. */
  push(bytes: Uint8Array): SerialFrame[] {
    const frames: SerialFrame[] = []
    for (const received of bytes) {
      const byte = this.#sevenBits ? received & 0x7f : received
      if (this.#framed && !this.#inFrame && byte !== STX) continue
      if (byte === STX) {
        this.#inFrame = true
        // A frame that had begun and now begins again was cut off.
        if (this.#length > 0 || this.#overflowed) frames.push(this.#lost())
      } else if (byte === ETX || (!this.#framed && (byte === CR || byte === LF))) {
        this.#terminates = true
        this.#inFrame = false
        frames.push(...this.#take())
      } else this.#append(byte)
    }
    return frames
  }

  /** Milliseconds of silence after which `idle()` is due; null: nothing is under way. */
  get idleAfterMs(): number | null {
    if (this.#length === 0 && !this.#overflowed) return null
    return this.#terminates ? TERMINATOR_DEADLINE_MS : IDLE_MS
  }

  /** The line has been silent for `idleAfterMs`. */
  idle(): SerialFrame[] {
    if (this.idleAfterMs === null) return []
    this.#inFrame = false
    return this.#terminates ? [this.#lost()] : this.#take()
  }

  #append(byte: number): void {
    if (this.#overflowed) return
    if (this.#length === MAX_FRAME_BYTES) {
      this.#overflowed = true
      this.#length = 0
      return
    }
    if (this.#length === this.#buffer.length) {
      const larger = new Uint8Array(Math.min(MAX_FRAME_BYTES, this.#buffer.length * 2))
      larger.set(this.#buffer)
      this.#buffer = larger
    }
    this.#buffer[this.#length] = byte
    this.#length += 1
  }

  /** The frame up to here; empty ones (the LF of CR LF) are nothing. */
  #take(): SerialFrame[] {
    if (this.#overflowed) return [this.#lost()]
    if (this.#length === 0) return []
    const data = this.#buffer.slice(0, this.#length)
    this.#length = 0
    return [{ kind: 'frame', data }]
  }

  #lost(): SerialFrame {
    this.#length = 0
    this.#overflowed = false
    return { kind: 'unreadable' }
  }
}
