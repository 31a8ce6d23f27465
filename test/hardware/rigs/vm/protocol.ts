/** What host and guest say to each other over the virtual serial line: one JSON object a line, both ways. */

/** The virtual serial port that carries it. */
export const AGENT_PORT = 'tapcoupon.agent'

/** Device makers of the guest, by the bus they sit on. */
export interface HidDevice {
  readonly vendorId: number
  readonly productId: number
  readonly serial: string
  readonly product: string
  /** Report descriptor, hex. */
  readonly descriptor: string
  /** Largest input report, its ID byte included. */
  readonly reportSize: number
}

export interface SerialDevice {
  readonly vendorId: number
  readonly productId: number
  readonly serial: string
  readonly product: string
}

export type GuestRequest =
  | { readonly op: 'run'; readonly argv: readonly string[]; readonly timeoutMs: number; readonly folder: string }
  /** Starts a program that goes on running. `ipc`: a Node program with a message channel to its parent. */
  | { readonly op: 'spawn'; readonly processId: number; readonly argv: readonly string[]; readonly ipc: boolean }
  | { readonly op: 'post'; readonly processId: number; readonly message: unknown }
  | { readonly op: 'kill'; readonly processId: number; readonly signal: NodeJS.Signals }
  /** A HID device straight from the kernel's uhid, without a USB bus. */
  | { readonly op: 'uhidCreate'; readonly device: HidDevice }
  /** HID and serial devices on an emulated USB bus (dummy_hcd): plugging in is a real enumeration. */
  | { readonly op: 'usbHidCreate'; readonly device: HidDevice }
  | { readonly op: 'usbSerialCreate'; readonly device: SerialDevice }
  | { readonly op: 'plug'; readonly device: number }
  | { readonly op: 'unplug'; readonly device: number }
  /** Writes each of `chunks` (hex) as one report or one write, with a pause between two. */
  | { readonly op: 'send'; readonly device: number; readonly chunks: readonly string[]; readonly pauseMs: number }
  | { readonly op: 'remove'; readonly device: number }

export interface RunResult {
  /** Exit code; null when a signal ended it. */
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Guest's monotonic clock in milliseconds, the same in all its processes. */
export interface Stamped {
  readonly atMs: number
}

export type GuestMessage =
  | { readonly event: 'hello'; readonly node: string }
  | { readonly event: 'answer'; readonly id: number; readonly result: unknown }
  | { readonly event: 'refused'; readonly id: number; readonly error: string }
  | ({ readonly event: 'message'; readonly processId: number; readonly message: unknown } & Stamped)
  | {
      readonly event: 'output'
      readonly processId: number
      readonly stream: 'stdout' | 'stderr'
      readonly text: string
    }
  | { readonly event: 'exit'; readonly processId: number; readonly code: number | null; readonly signal: string | null }

/** Splits a byte stream into lines, however it was cut. */
export class LineSplitter {
  #rest: Buffer[] = []

  push(chunk: Buffer): string[] {
    const lines: string[] = []
    let from = 0
    for (let at = chunk.indexOf(0x0a); at >= 0; at = chunk.indexOf(0x0a, from)) {
      lines.push(Buffer.concat([...this.#rest, chunk.subarray(from, at)]).toString('utf8'))
      this.#rest = []
      from = at + 1
    }
    // A copy: the caller reads into the same buffer again.
    if (from < chunk.length) this.#rest.push(Buffer.from(chunk.subarray(from)))
    return lines
  }
}
