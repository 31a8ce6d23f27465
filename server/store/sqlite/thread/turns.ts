/**
 * Two threads write one database, each over a connection of its own. They take turns here and not at SQLite's lock, which
 * whoever waits for it has to ask again and again; and they tell each other how far what they committed is on disk.
 */
const HELD = 0
/** Whether the thread that decides waits for its turn, and how many of the others do. */
const DECIDER_WAITS = 1
const OTHERS_WAIT = 2
/** Whose turn it is when both wait: of whoever had it least recently. */
const NEXT = 3
/** Rises when a turn ends: what those who wait look at. */
const ENDED = 4
const COMMITTED = 5
const SYNCED = 6
const PLACES = 7

const DECIDER = 0
const OTHERS = 1

export const newTurns = (): SharedArrayBuffer => new SharedArrayBuffer(PLACES * Int32Array.BYTES_PER_ELEMENT)

/** The turns of the thread that decides, which may be made to wait. */
export interface DecidersTurns {
  hold<Result>(work: () => Result): Result
  /** Call before what is committed can be seen. */
  committing(): void
  /** How many times `committing` was called. Counts wrap: compare them for being the same. */
  committed(): number
  /** What was committed up to that count is on disk. */
  synced(upTo: number): void
}

export function decidersTurns(memory: SharedArrayBuffer): DecidersTurns {
  const signs = new Int32Array(memory)
  const take = (): void => {
    Atomics.store(signs, DECIDER_WAITS, 1)
    for (;;) {
      const ended = Atomics.load(signs, ENDED)
      const isTheirs = Atomics.load(signs, OTHERS_WAIT) > 0 && Atomics.load(signs, NEXT) === OTHERS
      if (!isTheirs && Atomics.compareExchange(signs, HELD, 0, 1) === 0) break
      Atomics.wait(signs, ENDED, ended)
    }
    Atomics.store(signs, DECIDER_WAITS, 0)
  }
  return {
    hold(work) {
      take()
      try {
        return work()
      } finally {
        release(signs, OTHERS)
      }
    },
    committing: () => void Atomics.add(signs, COMMITTED, 1),
    committed: () => Atomics.load(signs, COMMITTED),
    synced(upTo) {
      Atomics.store(signs, SYNCED, upTo)
      Atomics.notify(signs, SYNCED)
    },
  }
}

/** The turns of everybody else, in a thread that may never be made to wait. */
export interface OthersTurns {
  /** Synchronous `work` when it is its turn, in the order of the calls: at once, if nobody has it. */
  hold<Result>(work: () => Result): Result | Promise<Result>
  /** Resolves when all that the other thread has committed by now is on disk; null: it is. */
  synced(): Promise<void> | null
  /** The thread that decides has ended, and holds nothing; what it committed is on disk. */
  abandoned(): void
}

export function othersTurns(memory: SharedArrayBuffer): OthersTurns {
  const signs = new Int32Array(memory)
  let last: Promise<unknown> | null = null

  const take = (): boolean => {
    const isTheirs = Atomics.load(signs, DECIDER_WAITS) === 1 && Atomics.load(signs, NEXT) === DECIDER
    return !isTheirs && Atomics.compareExchange(signs, HELD, 0, 1) === 0
  }
  const mine = <Result>(work: () => Result): Result => {
    try {
      return work()
    } finally {
      release(signs, DECIDER)
    }
  }
  const wait = async <Result>(work: () => Result): Promise<Result> => {
    Atomics.add(signs, OTHERS_WAIT, 1)
    for (;;) {
      const ended = Atomics.load(signs, ENDED)
      if (take()) break
      await changed(signs, ENDED, ended)
    }
    Atomics.sub(signs, OTHERS_WAIT, 1)
    return mine(work)
  }

  return {
    hold(work) {
      if (last === null && take()) return mine(work)
      const turn = last === null ? wait(work) : last.then(() => wait(work))
      const ended = turn.then(forget, forget)
      last = ended
      function forget(): void {
        if (last === ended) last = null
      }
      return turn
    },
    synced() {
      const committed = Atomics.load(signs, COMMITTED)
      return Atomics.load(signs, SYNCED) === committed ? null : syncedUpTo(signs, committed)
    },
    abandoned() {
      Atomics.store(signs, SYNCED, Atomics.load(signs, COMMITTED))
      Atomics.notify(signs, SYNCED)
      Atomics.store(signs, DECIDER_WAITS, 0)
      release(signs, OTHERS)
    },
  }
}

async function syncedUpTo(signs: Int32Array, committed: number): Promise<void> {
  for (;;) {
    const synced = Atomics.load(signs, SYNCED)
    // The difference of counts that wrap.
    if (((synced - committed) | 0) >= 0) return
    await changed(signs, SYNCED, synced)
  }
}

async function changed(signs: Int32Array, place: number, from: number): Promise<void> {
  const waiting = Atomics.waitAsync(signs, place, from)
  if (waiting.async) await waiting.value
}

function release(signs: Int32Array, next: number): void {
  Atomics.store(signs, NEXT, next)
  Atomics.store(signs, HELD, 0)
  Atomics.add(signs, ENDED, 1)
  Atomics.notify(signs, ENDED)
}
