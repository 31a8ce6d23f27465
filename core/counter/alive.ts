import { z } from 'zod'

/**
 * What a process says every few seconds to the shell that watches it: it still takes its turns. A screen says it too, over
 * its own line, as long as what it has drawn stands.
 */
export const Alive = z.object({ type: z.literal('alive') })
export type Alive = z.infer<typeof Alive>

export const ALIVE: Alive = { type: 'alive' }

/** How often it is said, milliseconds. */
export const ALIVE_EVERY_MS = 2_000

/** Whether this message of another process is that one and nothing else. */
export function isAlive(message: unknown): boolean {
  return Alive.strict().safeParse(message).success
}
