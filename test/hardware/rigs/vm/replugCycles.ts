import { setTimeout } from 'node:timers/promises'
import type { GuestReaders } from './guestReaders.ts'
import type { Stamped } from './protocol.ts'

/** One scanner or card reader that can be pulled and plugged back, and shown something to read. */
export interface Replugged {
  readonly transport: 'hid' | 'serial' | 'pcsc'
  /** The guest's clock as the plug goes in, where it is the guest that plugs. */
  plug(): Promise<Stamped | null>
  unplug(): Promise<unknown>
  /** Shows it medium number `index`, wholly; returns the identifier that must be read. */
  present(index: number): Promise<string>
  /** Shows it the beginning of a medium whose end never comes. */
  presentCut(index: number): Promise<void>
  /** Whether a cut read is reported at once; else it is known to be cut only when its rest does not come. */
  readonly cutIsReported: boolean
  /** What follows a read before the plug is pulled: takes a card off the reader. */
  clear(): Promise<void>
}

export interface ReplugResult {
  readonly transport: Replugged['transport']
  readonly cycles: number
  /** From the moment the cause went away (plugged back) to `ready`, each cycle, in milliseconds. */
  readonly recoveredMs: readonly number[]
  /** Presented wholly to a ready reader, and not reported. */
  readonly lost: number
  /** Reported more often than presented. */
  readonly doubled: number
  /** Reported without having been presented wholly. */
  readonly partial: number
}

/** No hand puts a plug back sooner; pcscd needs as long to let go of a reader that was pulled while it was answering. */
const HAND_MS = 500

/** Longer than any recovery may take, so that a slow one is measured and not thrown. */
const DEADLINE_MS = 15_000

/**
 * Plugs in, reads one medium, unplugs, `cycles` times; every third unplug cuts a read in two. Counts what the readers
 * reported against what was shown.
 */
export async function replugCycles(readers: GuestReaders, replugged: Replugged, cycles: number): Promise<ReplugResult> {
  const { transport } = replugged
  const began = readers.mark
  const recoveredMs: number[] = []
  const presented: string[] = []
  const ids = new Set<string>()
  let cycleSince = began
  try {
    for (let index = 0; index < cycles; index += 1) {
      const since = readers.mark
      cycleSince = since
      const what = `${transport} reader in cycle ${index}`
      if (index > 0) await setTimeout(HAND_MS)
      const pluggedAt = performance.now()
      const plugged = await replugged.plug()
      const ready = await readers.health(
        // The transport itself is reported too, by its bare name.
        (health) => health.transport === transport && health.readerId !== transport && health.state === 'ready',
        { what: `ready ${what}`, since, deadlineMs: DEADLINE_MS },
      )
      recoveredMs.push(plugged ? ready.atMs - plugged.atMs : ready.hostMs - pluggedAt)
      const { readerId } = ready.health
      ids.add(readerId)
      const identifier = await replugged.present(index)
      presented.push(identifier)
      await readers.read(readerId, { what: `read by the ${what}`, since, deadlineMs: DEADLINE_MS })
      await replugged.clear()
      if (index % 3 === 2) {
        const cutting = readers.mark
        await replugged.presentCut(index)
        if (replugged.cutIsReported) {
          await readers.failure(readerId, { what: `cut read by the ${what}`, since: cutting, deadlineMs: DEADLINE_MS })
          await replugged.clear()
        }
      }
      const unplugging = readers.mark
      await replugged.unplug()
      await readers.health((health) => health.readerId === readerId && health.state === 'absent', {
        what: `absent ${what}`,
        since: unplugging,
        deadlineMs: DEADLINE_MS,
      })
    }
  } catch (error) {
    const said = readers.said(transport, cycleSince).join('\n')
    throw new Error(`${error instanceof Error ? error.message : error}\nof this transport, in this cycle:\n${said}`)
  } finally {
    // One that failed leaves nothing plugged in for the next.
    await replugged.unplug()
  }
  const read: string[] = []
  for (const outcome of readers.outcomes(began)) {
    if ('medium' in outcome && ids.has(outcome.readerId)) read.push(outcome.medium.identifier)
  }
  return {
    transport,
    cycles,
    recoveredMs,
    lost: presented.filter((identifier) => !read.includes(identifier)).length,
    doubled: read.length - new Set(read).size,
    partial: read.filter((identifier) => !presented.includes(identifier)).length,
  }
}
