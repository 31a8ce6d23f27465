import type { Channel } from '../../../core/ports/channel.ts'
import { DevicesConfiguration, DevicesMessage } from '../../../core/readers/protocol.ts'
import { ChannelListeners } from '../../../counter/channel/channelListeners.ts'
import { runDevices } from '../../../counter/devices/devices.ts'
import { planReaders } from '../../../counter/devices/readers.ts'
import { systemClock, systemIds, systemScheduler } from '../../../counter/system.ts'

const NOTHING = DevicesConfiguration.parse({ pcsc: false, hid: false, wedge: false })

/** No reader has this id. */
const DEALT_WITH = 'dealt with'

/** The devices program over a channel in memory; `said` is what it has posted, parsed. */
export function started() {
  const listeners = new ChannelListeners()
  const said: DevicesMessage[] = []
  const channel: Channel = {
    post: (posted) => {
      const message = DevicesMessage.parse(posted)
      if (message.type === 'indicated' && message.readerId === DEALT_WITH) dealtWith()
      else said.push(message)
    },
    onMessage: (listener) => listeners.onMessage(listener),
    onClosed: (listener) => listeners.onClosed(listener),
    close: () => listeners.closed(),
  }
  let dealtWith = () => {}
  const made: string[] = []
  const devices = runDevices(channel, systemClock, systemIds, systemScheduler, (...plan) =>
    planReaders(...plan).map(({ key, make }) => ({
      key,
      make: () => {
        made.push(key)
        return make()
      },
    })),
  )
  /** Everything posted by the time the command has been dealt with. */
  async function command(message: unknown): Promise<DevicesMessage[]> {
    const before = said.length
    listeners.message(message)
    // Commands are dealt with in order: whatever was asked for before this answer has been done, however long it took.
    const answered = new Promise<void>((resolve) => {
      dealtWith = resolve
    })
    listeners.message({ type: 'indicate', readerId: DEALT_WITH, outcome: 'accepted' })
    await answered
    await new Promise((resolve) => setTimeout(resolve, 20))
    return said.slice(before)
  }
  const configure = (changes: Partial<DevicesConfiguration>) =>
    command({ type: 'configure', configuration: { ...NOTHING, ...changes } })
  return { devices, command, configure, made, saidAll: () => said }
}
