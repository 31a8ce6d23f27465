import { beforeEach, expect, it } from 'vitest'
import type { ReaderHealth } from '../../../core/readers/reader.ts'
import type { DevicesRequest } from '../../../counter/devicesLink.ts'
import { OutcomeLights } from '../../../counter/outcomeLights.ts'
import type { VisitModel } from '../../../counter/session/model.ts'

const reader = (readerId: string, changes: Partial<ReaderHealth> = {}): ReaderHealth => ({
  readerId,
  transport: 'pcsc',
  name: readerId,
  state: 'ready',
  capabilities: { buzzer: true, led: false },
  ...changes,
})
const READERS = [
  reader('left'),
  reader('right'),
  reader('dark', { capabilities: { buzzer: false, led: false } }),
  reader('unknown', { capabilities: undefined }),
  reader('gone', { state: 'absent' }),
]
const visit = (phase: VisitModel['phase']) => ({ phase }) as VisitModel

let told: DevicesRequest[]
let lights: OutcomeLights
const follow = (...phases: VisitModel['phase'][]) => {
  for (const phase of phases) lights.follow(visit(phase))
}

beforeEach(() => {
  told = []
  lights = new OutcomeLights({ all: () => READERS, send: (command) => told.push(command) > 0 })
})

it('an approval is told by the reader that read the medium, once', () => {
  lights.cameFrom('left')
  follow('reading', 'searching', 'offers', 'offers', 'approving', 'approved', 'approved', 'undoing', 'undone')
  expect(told).toEqual([{ type: 'indicate', readerId: 'left', outcome: 'accepted' }])
})

it('a refusal is told, and so is the next one', () => {
  lights.cameFrom('left')
  follow('reading', 'refused', 'refused')
  lights.cameFrom('right')
  follow('reading', 'refused')
  expect(told).toEqual([
    { type: 'indicate', readerId: 'left', outcome: 'refused' },
    { type: 'indicate', readerId: 'right', outcome: 'refused' },
  ])
})

it('a card that is held to another reader meanwhile does not take the light over', () => {
  lights.cameFrom('left')
  follow('searching', 'offers', 'approving')
  lights.cameFrom('right')
  follow('approved')
  expect(told).toEqual([{ type: 'indicate', readerId: 'left', outcome: 'accepted' }])
})

it.each(['dark', 'unknown', 'gone', 'never seen'])('nothing is asked of a reader that is %s', (readerId) => {
  lights.cameFrom(readerId)
  follow('searching', 'approving', 'approved')
  expect(told).toEqual([])
})

it('a number that was typed lights nothing, nor does what the last customer left on the screen', () => {
  lights.cameFrom('left')
  lights.cameFrom(null)
  follow('searching', 'approving', 'approved')
  lights.cameFrom('left')
  follow('idle', 'refused')
  expect(told).toEqual([])
})

it('a card that was set aside at another reader is answered there, once it is served', () => {
  const first = { type: 'nfc-uid' as const, keys: [], entry: 'tap' as const }
  const second = { ...first }
  const offers = { phase: 'offers', presented: first } as unknown as VisitModel
  lights.cameFrom('left')
  lights.follow({ phase: 'searching', presented: first })
  lights.follow(offers)
  lights.cameFrom('right')
  lights.follow({ ...offers, aside: second } as VisitModel)
  follow('approving', 'approved')
  expect(told).toEqual([{ type: 'indicate', readerId: 'left', outcome: 'accepted' }])
  lights.follow({ ...offers, aside: second } as VisitModel)
  lights.follow({ phase: 'searching', presented: second })
  follow('approving', 'approved')
  expect(told.at(-1)).toEqual({ type: 'indicate', readerId: 'right', outcome: 'accepted' })
})
