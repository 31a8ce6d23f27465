import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RawMedium } from '../../core/media/medium.ts'
import { RawRead } from '../../core/readers/protocol.ts'
import {
  MediumRead,
  type MediumReader,
  type RawPresentation,
  ReaderHealth,
  ReadFailure,
} from '../../core/readers/reader.ts'

/** A reader with something to hold to it. */
export interface ReaderRig {
  readonly reader: MediumReader
  /** The id of the device that the rig plays. */
  readonly readerId: string
  /** Presents the nth of the rig's media, completely; different numbers are different media. */
  present(n: number): Promise<void> | void
  /** What the nth presentation means. */
  medium(n: number): RawMedium
  /** Presents something that is no medium; the reader must say so. */
  presentUnreadable(): Promise<void> | void
  /** Takes the device away, and gives it back. */
  unplug?(): Promise<void> | void
  plug?(): Promise<void> | void
  /** Frees what the rig holds, after the reader was stopped. */
  close(): Promise<void> | void
}

/** Everything a reader has reported, in order. */
export type Reported =
  | { readonly kind: 'health'; readonly health: ReaderHealth }
  | { readonly kind: 'reading'; readonly readerId: string }
  | { readonly kind: 'read'; readonly read: MediumRead }
  | { readonly kind: 'failed'; readonly failure: ReadFailure }

/** Records a reader's events; each must parse, because the counter parses them. */
export class Recorder {
  readonly reported: Reported[] = []
  readonly raws: RawRead[] = []
  readonly events = {
    health: (health: ReaderHealth) =>
      void this.reported.push({ kind: 'health', health: ReaderHealth.strict().parse(health) }),
    reading: (readerId: string) => void this.reported.push({ kind: 'reading', readerId }),
    read: (read: MediumRead) => void this.reported.push({ kind: 'read', read: MediumRead.strict().parse(read) }),
    failed: (failure: ReadFailure) =>
      void this.reported.push({ kind: 'failed', failure: ReadFailure.strict().parse(failure) }),
    raw: (raw: RawPresentation) => void this.raws.push(RawRead.strict().parse(raw)),
  }

  get reads(): MediumRead[] {
    return this.reported.flatMap((each) => (each.kind === 'read' ? [each.read] : []))
  }

  get failures(): ReadFailure[] {
    return this.reported.flatMap((each) => (each.kind === 'failed' ? [each.failure] : []))
  }

  /** The last health of a reader. */
  health(readerId: string): ReaderHealth | undefined {
    const last = this.reported.findLast((each) => each.kind === 'health' && each.health.readerId === readerId)
    return last?.kind === 'health' ? last.health : undefined
  }

  async until(what: string, probe: () => boolean, timeoutMs = 10_000): Promise<void> {
    const end = performance.now() + timeoutMs
    while (!probe()) {
      if (performance.now() > end) throw new Error(`not within ${timeoutMs} ms: ${what}; reported ${this.summary()}`)
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }

  ready(readerId: string): Promise<void> {
    return this.until(`${readerId} ready`, () => this.health(readerId)?.state === 'ready')
  }

  /** Kinds and states only: a test's output shows no identifier. */
  summary(): string {
    return this.reported
      .map((each) => (each.kind === 'health' ? `${each.health.readerId}=${each.health.state}` : each.kind))
      .join(' ')
  }
}

/** Long enough for an event that must not come, in milliseconds: longer than the longest idle time of a framing. */
const QUIET_MS = 150
const quiet = () => new Promise((resolve) => setTimeout(resolve, QUIET_MS))

/** What the counter relies on, whatever the transport. `replug`: the rig's device can go away and come back. */
export function mediumReaderContract(
  name: string,
  { replug }: { replug: boolean },
  makeRig: () => Promise<ReaderRig> | ReaderRig,
): void {
  describe(`MediumReader: ${name}`, () => {
    let rig: ReaderRig
    let recorder: Recorder

    beforeEach(async () => {
      rig = await makeRig()
      recorder = new Recorder()
      rig.reader.start(recorder.events)
      await recorder.ready(rig.readerId)
    })

    afterEach(async () => {
      await rig.reader.stop()
      await rig.close()
    })

    it('names its transport in every health', () => {
      const transports = recorder.reported.flatMap((each) => (each.kind === 'health' ? [each.health.transport] : []))
      expect(new Set(transports)).toEqual(new Set([rig.reader.transport]))
    })

    it('says that it is reading, then delivers the medium whole', async () => {
      const before = Date.now()
      await rig.present(0)
      await recorder.until('a read', () => recorder.reads.length === 1)
      const [read] = recorder.reads
      expect(read).toMatchObject({ readerId: rig.readerId, medium: rig.medium(0) })
      expect(read!.readAt).toBeGreaterThanOrEqual(before)
      expect(read!.readAt).toBeLessThanOrEqual(Date.now())
      const kinds = recorder.reported.map(({ kind }) => kind)
      expect(kinds.indexOf('reading')).toBeGreaterThanOrEqual(0)
      expect(kinds.indexOf('reading')).toBeLessThan(kinds.indexOf('read'))
    })

    it('delivers presentations in order, each with an id of its own', async () => {
      for (const n of [0, 1, 0]) {
        const count = recorder.reads.length
        await rig.present(n)
        await recorder.until('the next read', () => recorder.reads.length > count)
      }
      expect(recorder.reads.map(({ medium }) => medium)).toEqual([rig.medium(0), rig.medium(1), rig.medium(0)])
      expect(new Set(recorder.reads.map(({ readId }) => readId)).size).toBe(3)
    })

    it('ends a presentation that is no medium in one failure', async () => {
      await rig.presentUnreadable()
      await recorder.until('a failure', () => recorder.failures.length > 0)
      await quiet()
      expect(recorder.failures).toMatchObject([{ readerId: rig.readerId, reason: 'medium_unreadable' }])
      expect(recorder.reads).toEqual([])
      await rig.present(1)
      await recorder.until('the read after it', () => recorder.reads.length === 1)
      expect(recorder.reads[0]!.medium).toEqual(rig.medium(1))
    })

    it('drops what is presented while data events are off, for good', async () => {
      rig.reader.setDataEventEnabled(false)
      await rig.present(0)
      await quiet()
      rig.reader.setDataEventEnabled(true)
      await quiet()
      expect(recorder.reported.filter(({ kind }) => kind !== 'health')).toEqual([])
      await rig.present(1)
      await recorder.until('a read', () => recorder.reads.length === 1)
      expect(recorder.reads[0]!.medium).toEqual(rig.medium(1))
    })

    it('tells what is presented under test to support only: its shape, whether data events are on or off', async () => {
      rig.reader.setDataEventEnabled(false)
      rig.reader.setPresenting?.({ to: 'test', readerId: rig.readerId })
      await rig.present(0)
      await recorder.until('a raw read', () => recorder.raws.some(({ mediumType }) => mediumType !== undefined))
      await quiet()
      expect(recorder.raws.filter(({ mediumType }) => mediumType)).toMatchObject([
        { readerId: rig.readerId, mediumType: rig.medium(0).type },
      ])
      expect(JSON.stringify(recorder.raws)).not.toContain(rig.medium(0).identifier)
      expect(recorder.reported.filter(({ kind }) => kind !== 'health')).toEqual([])
      rig.reader.setPresenting?.({ to: 'customer' })
      rig.reader.setDataEventEnabled(true)
      await rig.present(1)
      await recorder.until('a read', () => recorder.reads.length === 1)
      expect(recorder.reads[0]!.medium).toEqual(rig.medium(1))
    })

    it('is left alone while it is switched off, and says so', async () => {
      rig.reader.setDisabled?.(new Set([rig.readerId]))
      await recorder.until('switched off', () => recorder.health(rig.readerId)?.code === 'disabled')
      expect(recorder.health(rig.readerId)?.state).toBe('absent')
      await rig.present(0)
      await quiet()
      expect(recorder.reported.filter(({ kind }) => kind !== 'health')).toEqual([])
      rig.reader.setDisabled?.(new Set())
      await recorder.ready(rig.readerId)
      await rig.present(1)
      await recorder.until('a read', () => recorder.reads.length === 1)
      expect(recorder.reads[0]!.medium).toEqual(rig.medium(1))
    })

    it('reports itself absent when it stops, then nothing', async () => {
      await rig.reader.stop()
      expect(recorder.health(rig.readerId)?.state).toBe('absent')
      const count = recorder.reported.length
      await rig.reader.stop()
      await quiet()
      expect(recorder.reported.length).toBe(count)
    })

    if (!replug) return

    it('comes back by itself after its device was gone', async () => {
      await rig.unplug!()
      await recorder.until('absent', () => recorder.health(rig.readerId)?.state === 'absent')
      await rig.plug!()
      await recorder.ready(rig.readerId)
      await rig.present(1)
      await recorder.until('a read', () => recorder.reads.length === 1)
      expect(recorder.reads[0]!.medium).toEqual(rig.medium(1))
      expect(recorder.failures).toEqual([])
    })
  })
}
