import { parentChannel } from '../../counter/channel/childProcessChannel.ts'

/** The far end of the child-process channel's rig: echoes, and exits when its channel closes. */
const channel = parentChannel()
channel.onMessage((message) => channel.post({ echo: message }))
channel.onClosed(() => process.exit(0))
