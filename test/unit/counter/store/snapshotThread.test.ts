import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Change } from '../../../../core/contract/changes.ts'
import { ed25519Sealer } from '../../../../counter/station/sealer.ts'
import type { CounterStore } from '../../../../counter/store/counterStore.ts'
import { openCounterStore } from '../../../../counter/store/sqlite/openCounterStore.ts'
import { id } from '../session/visits.ts'
import { type SnapshotOnServer, snapshotOf } from '../sync/snapshots.ts'

const { privateKey } = generateKeyPairSync('ed25519')

let folder: string
let store: CounterStore

/** The program starts, again, with the thread that it has in a shop. */
const start = () => {
  const opened = openCounterStore(
    folder,
    ed25519Sealer(() => privateKey),
  )
  if (!opened.ok) throw new Error(opened.code)
  store = opened.value
}
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tapcoupon-thread-'))
  start()
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true, force: true })
})

const coupon = (n: number): Change => ({
  kind: 'acquisition',
  changeSeq: n,
  acquisitionId: id(n),
  campaignId: id(9_999),
  holderId: id(2_000 + n),
  usesLeft: 1,
  expiresAt: null,
  revoked: false,
})
const of = (count: number): SnapshotOnServer =>
  snapshotOf(
    Array.from({ length: count }, (_, n) => coupon(n + 1)),
    count,
  )

/** In a few pieces, so that the thread has something to do before the last. */
const arrive = ({ bytes }: SnapshotOnServer, from = 0, to = bytes.byteLength) => {
  const piece = Math.ceil(bytes.byteLength / 7)
  for (let at = from; at < to; at += piece) store.snapshots.append(bytes.subarray(at, Math.min(to, at + piece)))
}
const whole = (count: number) => ({ ok: true, value: { changeSeq: count } })

it('what has come is unpacked in a thread of its own, and put in place when all of it is right', async () => {
  const snapshot = of(300)
  store.snapshots.begin(snapshot.file)
  arrive(snapshot)
  expect(await store.snapshots.check()).toEqual(whole(300))
  expect(store.snapshots.install().ok).toBe(true)
  expect(store.replica.position().changeSeq).toBe(300)
}, 60_000)

it('what follows the end makes another file of it, which is damaged, and nothing is put in place', async () => {
  const snapshot = of(3)
  store.snapshots.begin(snapshot.file)
  arrive(snapshot)
  expect(await store.snapshots.check()).toEqual(whole(3))
  store.snapshots.append(Buffer.from('and more'))
  expect(() => store.snapshots.install()).toThrow()
  expect(await store.snapshots.check()).toMatchObject({ ok: false, fault: 'damaged' })
}, 60_000)

it('a byte that is not the one that was sent is noticed, though it came long before the end', async () => {
  const snapshot = of(300)
  const bytes = Buffer.from(snapshot.bytes)
  const at = bytes.byteLength >> 1
  bytes[at] = (bytes[at] ?? 0) ^ 1
  store.snapshots.begin(snapshot.file)
  arrive({ ...snapshot, bytes })
  expect(await store.snapshots.check()).toMatchObject({ ok: false, fault: 'damaged' })
}, 60_000)

it('when another file is begun, what was done of the first is forgotten', async () => {
  const [first, second] = [of(300), of(200)]
  for (let times = 0; times < 3; times++) {
    store.snapshots.begin(first.file)
    arrive(first, 0, first.bytes.byteLength >> 1)
  }
  store.snapshots.begin(second.file)
  arrive(second)
  expect(await store.snapshots.check()).toEqual(whole(200))
}, 60_000)

it('after a new start it goes on with what is there', async () => {
  const snapshot = of(300)
  const half = snapshot.bytes.byteLength >> 1
  store.snapshots.begin(snapshot.file)
  arrive(snapshot, 0, half)
  store.close()
  start()
  const begun = store.snapshots.begun()
  expect(begun?.received).toBe(half)
  arrive(snapshot, half)
  expect(await store.snapshots.check()).toEqual(whole(300))
  // And so it does when nothing more was missing.
  store.close()
  start()
  expect(await store.snapshots.check()).toEqual(whole(300))
}, 60_000)
