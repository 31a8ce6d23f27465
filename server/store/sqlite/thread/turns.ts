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
/** Commits that began, those that have ended since, and those that are on disk: counts that wrap. */
const COMMITTED = 5
const WRITTEN = 6
const SYNCED = 7
const PLACES = 8

const DECIDER = 0
const OTHERS = 1

export const newTurns = (): SharedArrayBuffer => new SharedArrayBuffer(PLACES * Int32Array.BYTES_PER_ELEMENT)

/** The turns of the thread that decides, which may be made to wait. */
export interface DecidersTurns {
  hold<Result>(work: () => Result): Result
  /** Call before what is committed can be seen. */
  committing(): void
  /** Call when they have ended, well or not: from now on it can be brought onto the disk. Answers how many there have been. */
  committed(): number
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
    committed() {
      const count = Atomics.load(signs, COMMITTED)
      if (Atomics.exchange(signs, WRITTEN, count) !== count) Atomics.notify(signs, WRITTEN)
      return count
    },
  }
}

/** For ever, in a thread that does nothing else: whenever commits have ended, `flush` brings them onto the disk. */
export function flushCommits(memory: SharedArrayBuffer, flush: () => void): never {
  const signs = new Int32Array(memory)
  let done = Atomics.load(signs, SYNCED)
  for (;;) {
    Atomics.wait(signs, WRITTEN, done)
    const written = Atomics.load(signs, WRITTEN)
    if (written === done) continue
    flush()
    done = written
    Atomics.store(signs, SYNCED, done)
    Atomics.notify(signs, SYNCED)
  }
}

/** The turns of everybody else, in a thread that may never be made to wait. */
export interface OthersTurns {
  /** Synchronous `work` when it is its turn, in the order of the calls: at once, if nobody has it. */
  hold<Result>(work: () => Result): Result | Promise<Result>
  /** Resolves when so many commits, or all that have begun by now, are on disk; null: they are. */
  synced(upTo?: number): Promise<void> | null
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
    synced(upTo = Atomics.load(signs, COMMITTED)) {
      return isReached(signs, upTo) ? null : syncedUpTo(signs, upTo)
    },
    abandoned() {
      const committed = Atomics.load(signs, COMMITTED)
      Atomics.store(signs, WRITTEN, committed)
      Atomics.store(signs, SYNCED, committed)
      Atomics.notify(signs, SYNCED)
      Atomics.store(signs, DECIDER_WAITS, 0)
      release(signs, OTHERS)
    },
  }
}

/** The difference of counts that wrap. */
const isReached = (signs: Int32Array, upTo: number): boolean => ((Atomics.load(signs, SYNCED) - upTo) | 0) >= 0

async function syncedUpTo(signs: Int32Array, upTo: number): Promise<void> {
  for (;;) {
    const synced = Atomics.load(signs, SYNCED)
    if (isReached(signs, upTo)) return
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
