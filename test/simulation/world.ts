import { type SeededRandom, seededRandom } from '../rigs/seededRandom.ts'

export const SIMULATION_START = Date.UTC(2026, 10, 22, 3)

/** Longer than any work of one step takes in reality; beyond it something waits for what the simulation does not drive. */
const REST_DEADLINE_MS = 20_000

interface Task {
  readonly at: number
  readonly order: number
  readonly run: () => void
  cancelled: boolean
}

/**
 * The world's own time and everything that is due in it. One step runs one task and lets whatever it set off come to
 * rest, so that nothing but the seed decides what happens next.
 */
export class World {
  readonly random: SeededRandom
  readonly violations: string[] = []
  readonly #heap: Task[] = []
  readonly #restless = new Set<() => boolean>()
  #now = SIMULATION_START
  #order = 0

  constructor(seed: number) {
    this.random = seededRandom(seed)
  }

  /** True time, epoch milliseconds. */
  get now(): number {
    return this.#now
  }

  /** Runs `run` `delayMs` from now; tasks of one moment in the order they were asked for. */
  after(delayMs: number, run: () => void): () => void {
    const task: Task = { at: this.#now + Math.max(0, delayMs), order: this.#order++, run, cancelled: false }
    push(this.#heap, task)
    return () => {
      task.cancelled = true
    }
  }

  /** A whole number of milliseconds from `least` to `most`. */
  between(least: number, most: number): number {
    return least + this.random.int(most - least + 1)
  }

  /** While `isBusy` says so, a step is not over. */
  watch(isBusy: () => boolean): () => void {
    this.#restless.add(isBusy)
    return () => void this.#restless.delete(isBusy)
  }

  violated(rule: string): void {
    this.violations.push(`${((this.#now - SIMULATION_START) / 1_000).toFixed(3)} s: ${rule}`)
  }

  /** The next task and everything it sets off; false: nothing is due any more. */
  async step(): Promise<boolean> {
    for (;;) {
      const task = pop(this.#heap)
      if (!task) return false
      if (task.cancelled) continue
      this.#now = task.at
      task.run()
      await this.rest()
      return true
    }
  }

  /** Resolves when nothing runs that waits only for the machine this runs on. */
  async rest(): Promise<void> {
    const began = performance.now()
    do {
      await immediately()
      await immediately()
      if (performance.now() - began > REST_DEADLINE_MS) throw new Error('a step does not come to rest')
    } while ([...this.#restless].some((isBusy) => isBusy()))
    await immediately()
  }
}

const immediately = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

const isBefore = (a: Task, b: Task): boolean => a.at < b.at || (a.at === b.at && a.order < b.order)

function push(heap: Task[], task: Task): void {
  let place = heap.length
  heap.push(task)
  while (place > 0) {
    const parent = (place - 1) >> 1
    const above = heap[parent]
    if (!above || !isBefore(task, above)) break
    heap[place] = above
    place = parent
  }
  heap[place] = task
}

function pop(heap: Task[]): Task | null {
  const first = heap[0]
  const last = heap.pop()
  if (!first || !last) return null
  if (heap.length === 0) return first
  let place = 0
  for (;;) {
    let child = 2 * place + 1
    let smaller = heap[child]
    const right = heap[child + 1]
    if (smaller && right && isBefore(right, smaller)) {
      smaller = right
      child += 1
    }
    if (!smaller || !isBefore(smaller, last)) break
    heap[place] = smaller
    place = child
  }
  heap[place] = last
  return first
}
