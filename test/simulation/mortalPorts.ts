import type { Channel } from '../../core/ports/channel.ts'
import type { RecallNews } from '../../core/ports/couponGateway.ts'
import type { Scheduler } from '../../core/ports/scheduler.ts'
import type { CounterStore, Journal, Replica, SnapshotInbox, Stored } from '../../counter/store/counterStore.ts'
import type { Life } from './life.ts'

/** Names of the methods that write: they answer with `Stored`. */
type Writes<Port> = {
  [Name in keyof Port]: Port[Name] extends (...asked: never[]) => Stored<infer _Value> ? Name : never
}[keyof Port]

const JOURNAL_WRITES: Readonly<Record<Writes<Journal>, true>> = {
  recordStation: true,
  openIntent: true,
  showApproved: true,
  showRefused: true,
  dismissApproval: true,
  planRollback: true,
  closeIntent: true,
  beginUndo: true,
  endUndo: true,
  record: true,
  settle: true,
  quarantine: true,
  dropUses: true,
  keepReaderSettings: true,
  keepChosenSettings: true,
  keepTurnedAway: true,
  setThrottle: true,
  askForLease: true,
  holdLease: true,
  stopLeases: true,
  closeLease: true,
  heardOfLeases: true,
  forgetPositions: true,
  resend: true,
  keepOverride: true,
  dropOverride: true,
  keepClockAnchor: true,
  resolve: true,
  sendAgain: true,
  keepPosAccess: true,
  revokePosAccess: true,
  putPosSale: true,
  parkPosSale: true,
  endPosSale: true,
  tidy: true,
  startShift: true,
  endShift: true,
  dismissLastShift: true,
  keepStaffCard: true,
  forgetStaffCards: true,
}

const REPLICA_WRITES: Readonly<Record<Writes<Replica>, true>> = { apply: true }

const SNAPSHOT_WRITES: Readonly<Record<Writes<SnapshotInbox>, true>> = { begin: true, append: true, install: true }

/** The disk under a counter's files. */
export interface Disk {
  full: boolean
}

const refusedWrite = (fault: 'full' | 'io'): Stored => ({ ok: false, fault, detail: `simulated: ${fault}` })

/** What a counter's writes meet: a process that has ended writes nothing, nor does anybody on a full disk. */
export function mortalStore(store: CounterStore, life: Life, disk: Disk): CounterStore {
  const mortal = <Port extends object>(port: Port, writes: Readonly<Record<string, true>>): Port =>
    new Proxy(port, {
      get(target, name) {
        const method: unknown = Reflect.get(target, name)
        if (typeof method !== 'function' || !Object.hasOwn(writes, name)) return method
        return (...asked: unknown[]) => {
          if (!life.mayCross()) return refusedWrite('io')
          if (disk.full) return refusedWrite('full')
          const written: unknown = method.apply(target, asked)
          life.mayCross()
          return written
        }
      },
    })
  const journal = mortal(store.journal, JOURNAL_WRITES)
  const replica = mortal(store.replica, REPLICA_WRITES)
  const snapshots = mortal(store.snapshots, SNAPSHOT_WRITES)
  return {
    ...store,
    journal,
    replica: { ...bound(replica), reset: () => void (life.mayCross() && store.replica.reset()) },
    snapshots: { ...bound(snapshots), discard: () => void (life.mayCross() && store.snapshots.discard()) },
    close: () => {},
  }
}

/** A proxy's methods as plain functions, so that one of them can be replaced. */
function bound<Port extends object>(port: Port): Port {
  const names = Object.keys(port) as (keyof Port)[]
  return Object.fromEntries(names.map((name) => [name, port[name]])) as Port
}

/** A gateway whose caller may be gone when the answer comes. `asking` is told when a call begins and ends. */
export function mortalGateway<Gateway extends object>(
  gateway: Gateway,
  life: Life,
  asking: (change: 1 | -1) => void,
): Gateway {
  return new Proxy(gateway, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name)
      if (typeof method !== 'function') return method
      return async (...asked: unknown[]) => {
        if (!life.mayCross()) return never()
        asking(1)
        try {
          const result: unknown = await method.apply(target, asked)
          return life.mayCross() ? result : await never()
        } finally {
          asking(-1)
        }
      }
    },
  })
}

/** News that reach a program only while it lives. */
export function mortalNews(news: RecallNews, life: Life): RecallNews {
  return (recalled, signal) => {
    if (!life.mayCross()) return never()
    return news(() => void (life.mayCross() && recalled()), signal)
  }
}

export function mortalScheduler(after: Scheduler['after'], life: Life): Scheduler {
  return {
    after(delayMs, task) {
      if (!life.mayCross()) return () => {}
      return after(delayMs, () => {
        if (life.mayCross()) task()
      })
    },
  }
}

/**
 * The counter's end of a pipe to a screen or to readers: nobody receives what a dead process sends. `sent` is told of that
 * too: work that the machine this runs on had under way is over.
 */
export function mortalChannel(
  life: Life,
  received: (message: unknown) => void,
  sent: (message: unknown) => void = () => {},
): Channel & Pipe {
  let listener: (message: unknown) => void = () => {}
  return {
    post: (message) => {
      sent(message)
      if (life.mayCross()) received(message)
    },
    onMessage: (listen) => {
      listener = listen
    },
    onClosed: () => {},
    close: () => {},
    send: (message) => {
      if (!life.mayCross()) return false
      listener(message)
      return true
    },
  }
}

interface Pipe {
  /** From the other end; false: it died before it heard. */
  send(message: unknown): boolean
}

export const never = (): Promise<never> => new Promise(() => {})
