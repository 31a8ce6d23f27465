import { Card, Reader } from 'pcsc-mini'
import { systemClock, systemIds, systemScheduler } from '../../../counter/system.ts'
import { PcscReader } from '../../../drivers/pcsc/adapter.ts'
import type { Told } from './pcscdTaps.ts'

/**
 * A program of its own: the card reader driver as it ships, over a real pcscd, with the time measured that passes in
 * calls of the binding. What is left of a tap is ours: from the event that tells of the card to the read.
 */
const EMPTY = 0x10
const PRESENT = 0x20
const SLOT = 'Virtual PCD 00 00'

const tell = (told: Told) => void process.send?.(told)

let toldOfCardAt: number | null = null
let bindingMs = 0

/** Replaces a method of the binding by one that adds up how long its promise took. */
function measured(prototype: object, method: string): void {
  const original: unknown = Reflect.get(prototype, method)
  if (typeof original !== 'function') throw new Error(`pcsc-mini has no ${method} any more`)
  Reflect.set(prototype, method, function call(this: unknown, ...given: unknown[]) {
    const from = performance.now()
    const answer: unknown = Reflect.apply(original, this, given)
    if (!(answer instanceof Promise)) return answer
    const add = () => {
      bindingMs += performance.now() - from
    }
    answer.then(add, add)
    return answer
  })
}
measured(Reader.prototype, 'connect')
for (const method of ['state', 'transmitProtocol']) measured(Card.prototype, method)

// Before anybody hears it: the first event with the card is when its presence is known here.
const emit = Reader.prototype.emit
Reader.prototype.emit = function heard(this: Reader, ...event: Parameters<typeof emit>) {
  const [name, status] = event as [string, { raw: number } | undefined]
  if (name === 'change' && status) {
    if (status.raw & PRESENT && toldOfCardAt === null) {
      toldOfCardAt = performance.now()
      bindingMs = 0
    }
    if (status.raw & EMPTY) {
      toldOfCardAt = null
      tell({ type: 'empty' })
    }
  }
  return emit.apply(this, event)
} as typeof emit

const reader = new PcscReader(systemClock, systemIds, systemScheduler)
reader.start({
  health: ({ readerId, state }) => readerId === SLOT && state === 'ready' && tell({ type: 'ready' }),
  reading: () => {},
  read: ({ medium }) => {
    const totalMs = performance.now() - (toldOfCardAt ?? Number.NaN)
    tell({ type: 'read', identifier: medium.identifier, oursMs: totalMs - bindingMs, totalMs })
  },
  failed: ({ reason }) => tell({ type: 'failed', reason }),
})
process.once('disconnect', () => void reader.stop().finally(() => process.exit(0)))
