import { generateKeyPairSync } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Change } from '../../../../core/contract/changes.ts'
import type { SnapshotAsk } from '../../../../core/ports/couponGateway.ts'
import { ed25519Sealer } from '../../../../counter/station/sealer.ts'
import type { CounterStore } from '../../../../counter/store/counterStore.ts'
import { checkInPlace } from '../../../../counter/store/sqlite/checker.ts'
import { openCounterStore } from '../../../../counter/store/sqlite/openCounterStore.ts'
import { Snapshotter } from '../../../../counter/sync/snapshotter.ts'
import { NOBODY, NOW, newParts, type TestParts } from '../counterParts.ts'
import { card, id } from '../session/visits.ts'
import { type SnapshotOnServer, serve, snapshotOf } from './snapshots.ts'

const { privateKey } = generateKeyPairSync('ed25519')
const sealer = ed25519Sealer(() => privateKey)

let folder: string
let store: CounterStore
let parts: TestParts
let resent = 0
let snapshotter: Snapshotter

/** The program starts, again: nothing is known but what is on disk. */
const start = () => {
  const opened = openCounterStore(folder, sealer, { snapshotChecker: checkInPlace })
  if (!opened.ok) throw new Error(opened.code)
  store = opened.value
  parts = { ...newParts(), store }
  resent = 0
  snapshotter = new Snapshotter({ ...parts, changed: () => {}, resent: () => (resent += 1) })
}
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tapcoupon-snapshotter-'))
  start()
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true, force: true })
})

const medium = (n: number): Change => ({
  kind: 'medium',
  changeSeq: n,
  mediumId: id(1_000 + n),
  key: card(n).keys[0]!,
  type: 'nfc-uid',
  holderId: id(2_000 + n),
  blocked: false,
})
const coupon = (n: number, usesLeft = 1): Change => ({
  kind: 'acquisition',
  changeSeq: n,
  acquisitionId: id(n),
  campaignId: id(9_999),
  holderId: id(2_000 + n),
  usesLeft,
  expiresAt: null,
  revoked: false,
})
const many = (count: number, usesLeft = 1) =>
  Array.from({ length: count }, (_, n) => [medium(n + 1), coupon(n + 1, usesLeft)]).flat()

const steps = async (most = 1_000): Promise<number[]> => {
  const delays = []
  for (let step = 0; step < most && snapshotter.isWanted; step++) delays.push(await snapshotter.step())
  return delays
}
/** Until it pauses: the milliseconds of the pause. */
const tryOnce = async (): Promise<number> => {
  for (;;) {
    const delay = await snapshotter.step()
    if (delay > 0 || !snapshotter.isWanted) return delay
  }
}
const isHeld = (n: number) => store.replica.medium(card(n).keys) !== null
const offer = (snapshot: SnapshotOnServer, most?: number) => parts.gateway.on('snapshot', serve(snapshot, most))
const left = () => ['.partial', '.partial.json', '.new'].filter((end) => existsSync(join(folder, `replica.db${end}`)))

/** A use that this station stored, or that the server has confirmed at `changeSeq`. */
const use = (n: number, changeSeq: number | null) => {
  const redemptionId = id(5_000 + n)
  const request = {
    redemptionId,
    medium: { keys: [...card(n).keys] },
    objective: { currency: 'JPY', taxIncluded: true, items: [], total: 0 },
    select: 'best' as const,
    entry: 'tap' as const,
  }
  store.journal.openIntent({ redemptionId, createdAt: NOW, request, rollbackId: null })
  store.journal.showApproved({
    redemptionId,
    shown: { certainty: 'stored', lines: [], totalDiscount: 1, undoUntil: null },
    event: parts.events.redemption({ request, decided: 'offline', lines: [], totalDiscount: 1 }),
    uses: [{ acquisitionId: id(n), discount: 1, usedAt: NOW, changeSeq }],
  })
}

it('what a crash right after the swap leaves is removed at the next start; what goes on is not', async () => {
  const { file, bytes } = snapshotOf(many(3), 6)
  offer({ file, bytes })
  await steps()
  store.snapshots.begin(file)
  store.snapshots.append(bytes)
  store.close()
  start()
  expect(left()).toEqual([])
  const newer = snapshotOf(many(4), 8)
  store.snapshots.begin(newer.file)
  store.snapshots.append(newer.bytes.subarray(0, 10))
  store.close()
  start()
  expect(store.snapshots.begun()).toEqual({ file: newer.file, received: 10 })
})

describe('a counter without a copy', () => {
  it('fetches one piece by piece, says how far it is, and decides on it', async () => {
    const snapshot = snapshotOf(many(200), 400)
    offer(snapshot, 1_000)
    expect(snapshotter.state).toEqual({ phase: 'empty', received: 0, total: null, problem: null })
    await snapshotter.step()
    expect(snapshotter.state).toMatchObject({ phase: 'downloading', received: 1_000, total: snapshot.bytes.length })
    await steps()
    expect(snapshotter.state).toEqual({ phase: 'ready', received: 0, total: null, problem: null })
    expect(store.replica.position()).toMatchObject({ cursor: 'at 400', changeSeq: 400 })
    expect([isHeld(1), isHeld(200), isHeld(201)]).toEqual([true, true, false])
    expect(left()).toEqual([])
  })

  it('makes do with changes where a server has none, or cannot make one', async () => {
    parts.gateway.on('snapshot', () => ({ kind: 'unreachable', cause: 'server_error' }))
    expect((await steps()).length).toBe(3)
    expect(snapshotter.isWanted).toBe(false)
    snapshotter.want(false)
    parts.gateway.on('snapshot', () => ({ kind: 'rejected', problem: { type: '', title: '', status: 404 } }))
    expect(await steps()).toEqual([0])
  })

  it('that one takes long says nothing about the server; asks for smaller pieces', async () => {
    const asked: number[] = []
    parts.gateway.on('snapshot', ({ length }) => {
      asked.push(length)
      return { kind: 'unreachable', cause: 'deadline' }
    })
    await steps(4)
    expect(asked).toEqual([1_048_576, 524_288, 262_144, 131_072])
    expect(parts.connectivity.cause).toBeNull()
  })
})

describe('a program that dies', () => {
  it('between any two steps goes on where it was', async () => {
    const snapshot = snapshotOf(many(300), 600)
    const fetched: number[] = []
    const counting = (ask: SnapshotAsk) => {
      const answer = serve(snapshot, 2_000)(ask)
      if (answer.kind === 'answered') fetched.push(answer.answer.bytes.length)
      return answer
    }
    for (let lives = 0; lives < 200; lives++) {
      parts.gateway.on('snapshot', counting)
      if (!snapshotter.isWanted) break
      await snapshotter.step()
      store.close()
      start()
    }
    expect(isHeld(300)).toBe(true)
    // Nothing came twice.
    expect(fetched.reduce((sum, bytes) => sum + bytes, 0)).toBe(snapshot.bytes.length)
  })

  it('while it checks or swaps leaves the old copy or the new one, whole', async () => {
    offer(snapshotOf(many(3), 6))
    await steps()
    for (const litter of ['.new', '.new-wal', '.partial']) {
      writeFileSync(join(folder, `replica.db${litter}`), 'half of something')
    }
    store.close()
    start()
    expect([isHeld(3), isHeld(4)]).toEqual([true, false])
    snapshotter.want(false)
    offer(snapshotOf(many(4), 8))
    await steps()
    expect([isHeld(4), left()]).toEqual([true, []])
  })

  it('a newer snapshot on the server starts over', async () => {
    offer(snapshotOf(many(50), 100), 500)
    await snapshotter.step()
    offer(snapshotOf(many(60), 120), 500)
    await steps()
    expect(isHeld(60)).toBe(true)
  })
})

describe('a snapshot of no use', () => {
  const good = snapshotOf(many(3), 6)
  const flipped = () => {
    const bytes = Buffer.from(good.bytes)
    bytes[bytes.length - 9]! ^= 1
    return { ...good, bytes }
  }
  const otherBytes = Buffer.from('not what it says it is')
  it.each([
    ['other bytes than its digest', flipped(), 'damaged'],
    ['too short', { ...good, file: { ...good.file, total: good.file.total - 10 } }, 'damaged'],
    ['no archive', { bytes: otherBytes, file: { ...good.file, total: otherBytes.length } }, 'damaged'],
    ['larger inside than it says', { ...good, file: { ...good.file, unpacked: 4_096 } }, 'damaged'],
    ['with rows missing', snapshotOf(many(3), 6, (db) => db.exec('DELETE FROM medium')), 'damaged'],
    ['at another place than it says', { ...good, file: { ...good.file, changeSeq: 7 } }, 'damaged'],
    ['without a place', snapshotOf(many(3), 6, (db) => db.exec("UPDATE position SET cursor = ''")), 'damaged'],
    ['of a newer schema, as it says', { ...good, file: { ...good.file, schemaVersion: 99 } }, 'schema_differs'],
    ['of a newer schema inside', snapshotOf(many(3), 6, (db) => db.pragma('user_version = 99')), 'schema_differs'],
  ])('%s: named, the old copy goes on, another is fetched later', async (_words, bad, problem) => {
    offer(snapshotOf(many(2), 4))
    await steps()
    snapshotter.want(false)
    offer(bad)
    const pause = await tryOnce()
    expect(snapshotter.state).toMatchObject({ phase: 'ready', problem })
    expect(pause).toBeGreaterThan(0)
    expect([isHeld(2), isHeld(3), left()]).toEqual([true, false, []])
    offer(good)
    await steps()
    expect([isHeld(3), snapshotter.state.problem]).toEqual([true, null])
  })
})

describe('uses of this station', () => {
  it('a hundred stored ones are found used after the swap', async () => {
    for (let n = 1; n <= 100; n++) use(n, null)
    offer(snapshotOf(many(100), 200))
    await steps()
    for (let n = 1; n <= 100; n++) {
      const [held] = store.replica.acquisitions(store.replica.medium(card(n).keys)?.holder ?? 0)
      expect(held?.usesLeft).toBe(1)
      expect(store.journal.usesOf([id(n)])).toHaveLength(1)
    }
  })

  it('leave only when the new copy has reached the answer that contains them', async () => {
    use(1, 150)
    use(2, 250)
    offer(snapshotOf(many(2), 200))
    await steps()
    expect([store.journal.usesOf([id(1)]), store.journal.usesOf([id(2)])].map((uses) => uses.length)).toEqual([0, 1])
  })

  it('that have left are asked for by place; a copy from before them is not taken', async () => {
    use(1, 150)
    offer(snapshotOf(many(2, 0), 200))
    await steps()
    // The copy is lost; what has left the overlay is known nowhere here.
    store.replica.reset()
    const asked: number[] = []
    const older = snapshotOf(many(2), 140)
    parts.gateway.on('snapshot', (ask) => {
      asked.push(ask.atLeast)
      return serve(older)(ask)
    })
    await tryOnce()
    expect(asked[0]).toBe(200)
    expect([isHeld(1), snapshotter.state.problem]).toEqual([false, 'too_old'])
  })

  it('a snapshot older than the copy is never taken, unless the server lost what the copy knows', async () => {
    offer(snapshotOf(many(3), 300))
    await steps()
    snapshotter.want(false)
    offer(snapshotOf(many(2), 200))
    await tryOnce()
    expect([isHeld(3), snapshotter.state.problem]).toEqual([true, 'too_old'])
    snapshotter.want(true)
    await steps()
    expect([isHeld(2), isHeld(3), store.replica.position().changeSeq]).toEqual([true, false, 200])
  })

  it('a server that was restored to before what has left is believed', async () => {
    use(1, 150)
    offer(snapshotOf(many(2, 0), 200))
    await steps()
    store.replica.reset()
    const restored = snapshotOf(many(1), 100)
    const problem = { type: '', title: '', status: 410, reason: 'cursor_foreign' }
    parts.gateway.on('snapshot', (ask) => (ask.atLeast > 100 ? { kind: 'rejected', problem } : serve(restored)(ask)))
    await steps()
    expect([isHeld(1), store.journal.droppedThrough()]).toEqual([true, 0])
    // Whoever sends events is told that there are some again, once.
    expect(resent).toBe(1)
  })
})

it('nobody there: it waits, and offline is offline', async () => {
  parts.gateway.on('snapshot', () => NOBODY)
  const [first = 0] = await steps(1)
  expect(first).toBeGreaterThan(0)
  expect(parts.connectivity.mode).toBe('offline')
})
