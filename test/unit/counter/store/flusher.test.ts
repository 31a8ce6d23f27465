import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { openDatabase, writeMeanwhile } from '../../../../counter/store/sqlite/database.ts'
import { type Flusher, flushBeside, flushInPlace } from '../../../../counter/store/sqlite/flusher.ts'
import { journalRig, NOW } from './journalRig.ts'

const FULL = 2

function table() {
  const folder = mkdtempSync(join(tmpdir(), 'tapcoupon-flusher-'))
  const db = openDatabase(join(folder, 'some.db'), ['CREATE TABLE kept (what TEXT) STRICT'])
  onTestFinished(() => {
    db.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const insert = db.prepare('INSERT INTO kept VALUES (?)')
  const count = db.prepare<[], number>('SELECT count(*) FROM kept').pluck()
  return { db, log: `${db.name}-wal`, put: () => void insert.run('x'), count: () => count.get() }
}

/** Writes down what is asked of it. */
function witness(end: () => void = () => {}) {
  const calls: string[] = []
  const disk: Flusher = {
    begin: () => void calls.push('begin'),
    end: () => {
      calls.push('end')
      end()
    },
    close: () => {},
  }
  return { calls, disk }
}

describe('a write that is brought onto the disk while something else is done', () => {
  it('is in the file before the rest begins, and on disk before it is answered for', () => {
    const { db, put, count } = table()
    const { calls, disk } = witness()
    const meanwhile = () => {
      calls.push(`meanwhile ${count()}`)
      return 'decided'
    }
    expect(writeMeanwhile(db, disk, put, meanwhile)).toEqual({ ok: true, value: 'decided' })
    expect(calls).toEqual(['begin', 'meanwhile 1', 'end'])
  })

  it('leaves every other commit waiting for the disk itself, even after a bug', () => {
    const { db, put, count } = table()
    const { disk } = witness()
    const synchronous = () => db.pragma('synchronous', { simple: true })
    writeMeanwhile(db, disk, put, () => expect(synchronous()).toBe(FULL))
    const bug = () => {
      throw new Error('a bug')
    }
    expect(() => writeMeanwhile(db, disk, bug, () => null)).toThrow('a bug')
    expect(synchronous()).toBe(FULL)
    expect(count()).toBe(1)
  })

  it('is refused when the disk fails', () => {
    const { db, put } = table()
    const { disk } = witness(() => {
      throw new Error('EIO')
    })
    expect(writeMeanwhile(db, disk, put, () => null)).toEqual({ ok: false, fault: 'io', detail: 'EIO' })
  })
})

describe.each([
  ['in place', flushInPlace],
  ['in a thread beside', flushBeside],
])('flushing %s', (_how, flusherOf) => {
  it('answers every time, from the first on', async () => {
    const { db, log, put, count } = table()
    const disk = flusherOf(log)
    onTestFinished(() => disk.close())
    for (let n = 0; n < 20; n++) {
      expect(writeMeanwhile(db, disk, put, () => count())).toEqual({ ok: true, value: n + 1 })
      // The thread comes up in between.
      await new Promise((resolve) => setTimeout(resolve, n))
    }
  })

  it('tells of a disk that fails', async () => {
    // Nothing that could be brought onto a disk: fdatasync(2) refuses it with EINVAL.
    const disk = flusherOf('/dev/null')
    onTestFinished(() => disk.close())
    const flush = () => {
      disk.begin()
      disk.end()
    }
    expect(flush).toThrow('EINVAL')
    if (flusherOf === flushBeside)
      await vi.waitFor(() => expect(flush).toThrow('could not be brought onto the disk'), 20_000)
    expect(flush).toThrow('EINVAL')
  })

  it('ends when it is closed, and a file that is not there is no end of it', () => {
    const disk = flusherOf('/nowhere/at/all')
    disk.begin()
    expect(() => disk.end()).toThrow('ENOENT')
    disk.close()
  })
})

describe('an event that was sealed ahead', () => {
  const draft = (id: string) => ({ type: 'session' as const, id, stationAt: NOW, correctedAt: NOW, body: {} })

  it('is written as it was sealed, or sealed anew where another event came first', () => {
    const rig = journalRig()
    rig.enrol()
    const { journal } = rig.current()
    const [first, second, third] = [rig.newId(), rig.newId(), rig.newId()].map(draft)
    if (!first || !second || !third) throw new Error('three drafts')
    journal.prepare(first)
    expect(journal.record(first).ok).toBe(true)
    journal.prepare(third)
    expect(journal.record(second).ok).toBe(true)
    expect(journal.record(third).ok).toBe(true)
    expect(rig.waiting().map(({ seq, id }) => [seq, id])).toEqual([
      [1, first.id],
      [2, second.id],
      [3, third.id],
    ])
    expect(rig.verify()).toMatchObject({ events: 3, broken: null })
  })
})
