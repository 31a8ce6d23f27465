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

it('whoever reads what is committed waits until it is on disk', async () => {
  const memory = newTurns()
  const ours = othersTurns(memory)
  const theirs = decidersTurns(memory)
  expect(ours.synced()).toBeNull()
  theirs.committing()
  const first = theirs.committed()
  theirs.committing()
  let isSynced = false
  const waiting = ours.synced()?.then(() => {
    isSynced = true
  })
  theirs.synced(first)
  await new Promise((resolve) => setTimeout(resolve, 5))
  expect(isSynced).toBe(false)
  theirs.synced(theirs.committed())
  await waiting
  expect(ours.synced()).toBeNull()
})

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
