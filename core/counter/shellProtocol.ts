import { z } from 'zod'
import { DevicesConfiguration } from '../readers/protocol.ts'
import { Alive } from './alive.ts'
import { ShellView } from './shellView.ts'

/**
 * The relay between a shell and the counter process it supervises. The shell also supervises the devices process and
 * every screen; it passes their messages on unread, and the counter parses them against their own protocols.
 *
 * Order: the shell sends `start` once and waits for `ready`; before it, nothing else is answered. `devicesUp` may come
 * any number of times, once for each new devices process, with `devicesDown` between. `clientOpened` names a screen;
 * `clientClosed` forgets it. `stop` is answered with `stopped`, after which the process exits by itself with code 0.
 */
const ClientId = z.string().min(1).max(64)

export const CounterStart = z.object({
  type: z.literal('start'),
  /** Base URL of the coupon server, without `/v1`; absent: whoever sets this machine up says it. */
  serverUrl: z.url({ protocol: /^https?$/ }).optional(),
  /** Folder of `journal.db`, `replica.db` and the station's key; made when it is missing. */
  dataDir: z.string().min(1),
  /** Offers the simulator's sample media and baskets on the screen. */
  simulator: z.boolean(),
  /** Enrols with this one-time code at start when the station is not enrolled yet; ignored when it is. */
  enrolCode: z.string().min(1).max(128).optional(),
  /** Port on 127.0.0.1 for POS software, once a manager has let one in; absent: the usual one (`POS_PORT`); null: none. */
  posPort: z.int().min(1).max(65_535).nullable().optional(),
  /** Sent to every devices process as its first message. */
  devicesConfiguration: DevicesConfiguration,
  /** Absent: nobody says. */
  shell: ShellView.optional(),
  /** 32 bytes, base64url: what the station's file is sealed with. Absent: this machine has no keystore. */
  secretsKey: z.string().length(43).optional(),
})
export type CounterStart = z.infer<typeof CounterStart>

/** shell → counter. */
export const ShellToCounter = z.discriminatedUnion('type', [
  CounterStart,
  z.object({ type: z.literal('devicesUp') }),
  z.object({ type: z.literal('devicesDown') }),
  /** A `DevicesMessage`, unread. */
  z.object({ type: z.literal('fromDevices'), message: z.unknown() }),
  /** `display`: a customer's, which is told what a customer may see. */
  z.object({ type: z.literal('clientOpened'), clientId: ClientId, display: z.boolean().optional() }),
  /** A `ToCounter`, unread. */
  z.object({ type: z.literal('fromClient'), clientId: ClientId, message: z.unknown() }),
  z.object({ type: z.literal('clientClosed'), clientId: ClientId }),
  z.object({ type: z.literal('stop') }),
])
export type ShellToCounter = z.infer<typeof ShellToCounter>

/** counter → shell. */
export const CounterToShell = z.discriminatedUnion('type', [
  /** Sent once, when `start` has been carried out; screens that opened before it get their state now. */
  z.object({ type: z.literal('ready') }),
  /** `start` cannot be carried out (`invalid_start`, `storage_failed`, …). The process then exits with code 1. */
  z.object({ type: z.literal('failed'), code: z.string().max(64), detail: z.string().max(1_000) }),
  /** A `DevicesCommand`. */
  z.object({ type: z.literal('toDevices'), message: z.unknown() }),
  /** A `FromCounter`. */
  z.object({ type: z.literal('toClient'), clientId: ClientId, message: z.unknown() }),
  z.object({ type: z.literal('stopped') }),
  /** A manager ends the program on this machine: the shell stops everything and does not start it again. */
  z.object({ type: z.literal('leave') }),
  /** Whether somebody works here now; said whenever it changes. An update waits until nobody does. */
  z.object({ type: z.literal('occupied'), occupied: z.boolean() }),
  Alive,
])
export type CounterToShell = z.infer<typeof CounterToShell>
