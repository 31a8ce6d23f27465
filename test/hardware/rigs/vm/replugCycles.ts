import type { GuestReaders } from './guestReaders.ts'

/** One scanner or card reader that can be pulled and plugged back, and shown something to read. */
export interface Replugged {
  readonly transport: 'hid' | 'serial' | 'pcsc'
  plug(): Promise<unknown>
  unplug(): Promise<unknown>
  /** Shows it medium number `index`, wholly; returns the identifier that must be read. */
  present(index: number): Promise<string>
  /** Shows it the beginning of a medium whose end never comes, as a cable does that is pulled while it reads. */
  presentCut(index: number): Promise<void>
  /** After a read: takes a card off, so that it is not read again at the next plug. */
  clear(): void
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
  for (let index = 0; index < cycles; index += 1) {
    const since = readers.mark
    const what = `${transport} reader in cycle ${index}`
    const pluggedAt = performance.now()
    await replugged.plug()
    const ready = await readers.health(
      // The transport itself is reported too, by its bare name.
      (health) => health.transport === transport && health.readerId !== transport && health.state === 'ready',
      { what: `ready ${what}`, since, deadlineMs: DEADLINE_MS },
    )
    recoveredMs.push(ready.hostMs - pluggedAt)
    const { readerId } = ready.health
    ids.add(readerId)
    const identifier = await replugged.present(index)
    presented.push(identifier)
    await readers.read(readerId, { what: `read by the ${what}`, since, deadlineMs: DEADLINE_MS })
    replugged.clear()
    if (index % 3 === 2) await replugged.presentCut(index)
    const unplugging = readers.mark
    await replugged.unplug()
    await readers.health((health) => health.readerId === readerId && health.state === 'absent', {
      what: `absent ${what}`,
      since: unplugging,
      deadlineMs: DEADLINE_MS,
    })
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
