import { expect, it } from 'vitest'
import type { Channel } from '../../../core/ports/channel.ts'
import { DevicesMessage } from '../../../core/readers/protocol.ts'
import { ChannelListeners } from '../../../counter/channel/channelListeners.ts'
import { runDevices } from '../../../counter/devices/devices.ts'
import { systemClock, systemIds, systemScheduler } from '../../../counter/system.ts'
import { noHotPlug } from '../../../drivers/hotplug.ts'
import { PcscReader } from '../../../drivers/pcsc/adapter.ts'
import { DoubleService, DoubleSlot } from '../../contract/mediumReaderPcscDouble.ts'
import { TYPE_A_ATR } from '../../hardware/rigs/atr.ts'

const NAME = 'ACS ACR122U PICC Interface 00 00'

/** The devices program with one reader that has a buzzer, on a double of the binding. */
function started() {
  const slot = new DoubleSlot(NAME)
  const listeners = new ChannelListeners()
  const said: DevicesMessage[] = []
  const channel: Channel = {
    post: (message) => void said.push(DevicesMessage.parse(message)),
    onMessage: (listener) => listeners.onMessage(listener),
    onClosed: (listener) => listeners.onClosed(listener),
    close: () => listeners.closed(),
  }
  const parts = { load: new DoubleService(slot).load, usb: () => [], hotPlug: noHotPlug }
  const devices = runDevices(channel, systemClock, systemIds, systemScheduler, () => [
    {
      key: 'pcsc',
      make: () => ({ key: 'pcsc', reader: new PcscReader(systemClock, systemIds, systemScheduler, parts) }),
    },
  ])
  listeners.message({ type: 'configure', configuration: {} })
  const of = (type: DevicesMessage['type']) => said.filter((message) => message.type === type)
  const indicate = (outcome: string) => listeners.message({ type: 'indicate', readerId: NAME, outcome })
  return { slot, devices, of, said, indicate }
}

/** The machine may have other things to do. */
const PATIENT = { timeout: 10_000 }

it('an outcome that comes with the read waits until the card’s connection is given back', {
  timeout: 30_000,
}, async () => {
  const { slot, devices, of, said, indicate } = started()
  await expect
    .poll(() => said, PATIENT)
    .toContainEqual(expect.objectContaining({ health: expect.objectContaining({ state: 'ready', name: NAME }) }))
  for (const [n, outcome] of ['accepted', 'refused'].entries()) {
    slot.insert({ atr: TYPE_A_ATR, answer: () => Buffer.from(`04a1b2c3d4e5f${n}9000`, 'hex') })
    while (of('read').length <= n) await new Promise(setImmediate)
    indicate(outcome)
    await expect.poll(() => of('indicated'), PATIENT).toHaveLength(n + 1)
    expect(of('indicated').at(-1)).toEqual({ type: 'indicated', readerId: NAME, done: true })
    slot.remove()
  }
  expect(slot.controls).toEqual(['ff00400e0401000101', 'ff00400d0403010201'])
  expect(of('failed')).toEqual([])
  await devices.stop()
  expect(slot.openConnections).toBe(0)
})
