import { Worker } from 'node:worker_threads'
import { expect, it, onTestFinished } from 'vitest'
import { decidersTurns, newTurns, othersTurns } from '../../../server/store/sqlite/thread/turns.ts'

const TURNS = new URL('../../../server/store/sqlite/thread/turns.ts', import.meta.url).href

/** Takes turn after turn, each time noting in the second memory who is there and how often. */
const OTHER_THREAD = `
  const { workerData, parentPort } = require('node:worker_threads')
  import(workerData.turns).then(({ decidersTurns }) => {
    const turns = decidersTurns(workerData.memory)
    const seen = new Int32Array(workerData.seen)
    parentPort.postMessage('begun')
    while (Atomics.load(seen, 0) === 0) {
      turns.hold(() => {
        if (Atomics.add(seen, 1, 1) !== 0) Atomics.add(seen, 2, 1)
        Atomics.wait(seen, 3, 0, 0.05)
        Atomics.sub(seen, 1, 1)
      })
      Atomics.add(seen, 4, 1)
    }
  })`

it('two threads have their turns one after the other, and neither is kept waiting for ever', async () => {
  const memory = newTurns()
  const seen = new Int32Array(new SharedArrayBuffer(20))
  const worker = new Worker(OTHER_THREAD, { eval: true, workerData: { memory, seen: seen.buffer, turns: TURNS } })
  onTestFinished(async () => void (await worker.terminate()))
  await new Promise((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
  })
  const ended = new Promise((resolve) => worker.once('exit', resolve))
  const ours = othersTurns(memory)
  // However long either of them is kept from a processor.
  for (let turns = 0; turns < 200 || Atomics.load(seen, 4) < 20; turns++) {
    await ours.hold(() => {
      if (Atomics.add(seen, 1, 1) !== 0) Atomics.add(seen, 2, 1)
      Atomics.sub(seen, 1, 1)
    })
    // The test's own time limit is looked at in between.
    await new Promise(setImmediate)
  }
  Atomics.store(seen, 0, 1)
  await ended
  expect(Atomics.load(seen, 2)).toBe(0)
}, 60_000)

it('a turn that nobody has is taken at once, and those that wait go in the order in which they came', async () => {
  const memory = newTurns()
  const ours = othersTurns(memory)
  expect(ours.hold(() => 'at once')).toBe('at once')
  const order: number[] = []
  const waiting: (void | Promise<void>)[] = []
  decidersTurns(memory).hold(() => {
    for (const turn of [1, 2, 3]) waiting.push(ours.hold(() => void order.push(turn)))
    expect(order).toEqual([])
  })
  await Promise.all(waiting)
  expect(order).toEqual([1, 2, 3])
})

it('work that throws ends its turn', async () => {
  const memory = newTurns()
  const ours = othersTurns(memory)
  const fail = () => {
    throw new Error('no')
  }
  expect(() => ours.hold(fail)).toThrow('no')
  expect(() => decidersTurns(memory).hold(fail)).toThrow('no')
  const waiting: unknown[] = []
  decidersTurns(memory).hold(() =>
    waiting.push(
      ours.hold(fail),
      ours.hold(() => 'after'),
    ),
  )
  await expect(waiting[0]).rejects.toThrow('no')
  await expect(waiting[1]).resolves.toBe('after')
})

/** Flushes commits, each time as soon as the second memory lets it. */
const FLUSHING_THREAD = `
  const { workerData } = require('node:worker_threads')
  import(workerData.turns).then(({ flushCommits }) => {
    const gate = new Int32Array(workerData.gate)
    flushCommits(workerData.memory, () => {
      Atomics.add(gate, 1, 1)
      Atomics.notify(gate, 1)
      Atomics.wait(gate, 0, 0)
    })
  })`

it('whoever reads what is committed waits until it is on disk', async () => {
  const memory = newTurns()
  const gate = new Int32Array(new SharedArrayBuffer(8))
  const worker = new Worker(FLUSHING_THREAD, { eval: true, workerData: { memory, gate: gate.buffer, turns: TURNS } })
  onTestFinished(async () => void (await worker.terminate()))
  const ours = othersTurns(memory)
  const theirs = decidersTurns(memory)
  expect(ours.synced()).toBeNull()
  theirs.committing()
  const begun = ours.synced()
  const first = theirs.committed()
  const flushing = Atomics.waitAsync(gate, 1, 0)
  if (flushing.async) await flushing.value
  const told: string[] = []
  const waiting = Promise.all([
    begun?.then(() => told.push('begun')),
    ours.synced(first)?.then(() => told.push('first')),
  ])
  await new Promise(setImmediate)
  expect(told).toEqual([])
  // What is committed while the disk works is not on it when the disk is done.
  theirs.committing()
  Atomics.store(gate, 0, 1)
  Atomics.notify(gate, 0)
  await waiting
  expect(told.toSorted()).toEqual(['begun', 'first'])
  expect(ours.synced(first)).toBeNull()
  const second = ours.synced()
  expect(second).not.toBeNull()
  theirs.committed()
  await second
  expect(ours.synced()).toBeNull()
}, 60_000)

it('a thread that died with a turn and commits holds up nobody', async () => {
  const memory = newTurns()
  const ours = othersTurns(memory)
  const theirs = decidersTurns(memory)
  const waiting: unknown[] = []
  theirs.hold(() => {
    theirs.committing()
    waiting.push(
      ours.hold(() => 'mine'),
      ours.synced(),
    )
    ours.abandoned()
  })
  expect(await Promise.all(waiting)).toEqual(['mine', undefined])
})
