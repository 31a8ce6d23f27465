import type { Scheduler } from '../../core/ports/scheduler.ts'
import type { OpenPort, OpenSerialPort } from './adapter.ts'
import { DETECTION_ORDER, type DetectedPreset, presetOf } from './detection.ts'
import { presetPort } from './presets.ts'

/** A scan is over after this long without a byte. */
const QUIET_MS = 120

/** How long somebody may take to scan, in all. */
const PATIENCE_MS = 60_000

/** A search for the settings of one port. */
export interface Detection {
  /** null: nothing readable came in time, the port does not open, or it was given up. */
  readonly result: Promise<DetectedPreset | null>
  cancel(): void
}

/**
 * Opens a port with one preset after another, a scan each, until one is readable. The port must not be open. An
 * acknowledging scanner that gets no answer sends again, which counts as the next scan.
 */
export function detectSerial(path: string, openPort: OpenSerialPort, scheduler: Scheduler): Detection {
  let cancel = () => {}
  const given = new Promise<null>((resolve) => {
    cancel = () => resolve(null)
  })
  const cancelPatience = scheduler.after(PATIENCE_MS, cancel)
  const search = async (): Promise<DetectedPreset | null> => {
    for (const preset of DETECTION_ORDER) {
      const port = await openPort(presetPort(path, preset)).catch(() => null)
      if (!port) return null
      const bytes = await Promise.race([oneScan(port, scheduler), given])
      await port.close()
      if (bytes === null) return null
      const detected = presetOf(bytes, preset, /ttyACM|usb/i.test(path))
      if (detected) return detected
    }
    return null
  }
  return { result: search().finally(cancelPatience), cancel }
}

/** The bytes up to the first silence; null: the port has gone. */
function oneScan(port: OpenPort, scheduler: Scheduler): Promise<Uint8Array | null> {
  return new Promise((resolve) => {
    const chunks: Uint8Array[] = []
    let cancelQuiet = () => {}
    port.onClosed(() => {
      cancelQuiet()
      resolve(null)
    })
    port.onData((bytes) => {
      cancelQuiet()
      // Nothing that is no scanner may fill the memory.
      if (chunks.length < 4_096) chunks.push(bytes.slice(0, 4_096))
      cancelQuiet = scheduler.after(QUIET_MS, () => resolve(Buffer.concat(chunks)))
    })
  })
}
