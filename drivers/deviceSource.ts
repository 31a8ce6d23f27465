import type { Indication, ReaderHealth, Transport } from '../core/readers/reader.ts'
import type { Fault } from './nativeFault.ts'

/** A device that is plugged in, as its transport lists it. */
export interface FoundDevice
  extends Pick<ReaderHealth, 'readerId' | 'name' | 'portPath' | 'model' | 'capabilities' | 'programmingCode'> {
  /** Names this device while it is plugged in: a device node, a port. It may be another's after a replug. */
  readonly path: string
  /** Another value: what is behind `path` is not what was there before. */
  readonly plugging?: string
  /** Recognised, and of no use as it is: it is reported and never opened. */
  readonly fault?: Fault
}

/** An open device. */
export interface DeviceSession {
  /** What was behind the device's path when it was opened, where that is told. */
  readonly plugging?: string
  /** What is said of it while it is open; `ready` unless told otherwise. */
  readonly fault?: Fault
  /** Ends what was under way. true: a presentation had begun, and will not be completed. */
  cut(): boolean
  /** May be called on a device that has gone. */
  close(): Promise<void>
  indicate?(outcome: Indication): Promise<boolean>
}

/** A transport's native part: finds, opens and hears devices. All patience is the supervisor's. */
export interface DeviceSource {
  readonly transport: Transport
  /** Reported beside the devices: `ready` while there are any, or why there can be none. null: nothing is. */
  readonly self: Pick<ReaderHealth, 'readerId' | 'name'> | null
  /** Whether what `find` answers can change without a device being opened or lost. */
  readonly polled: boolean
  /** Loads the native part if it is not loaded, and lists. Rejects with whatever the system says. */
  find(): Promise<readonly FoundDevice[]>
  /** Claims and enables. `lost` is called once, when the device has gone or failed; with an error where there is one. */
  open(device: FoundDevice, lost: (error?: unknown) => void): Promise<DeviceSession>
  /** What a rejection of `find` (no device) or `open`, or the error of a loss, means for a person. */
  faultOf(error: unknown, device?: FoundDevice): Fault
}

/** A reader that is left alone although it is plugged in. */
export const DISABLED: Fault = {
  state: 'absent',
  code: 'disabled',
  fix: 'A manager has switched this reader off. Switch it on in the list of readers.',
}
