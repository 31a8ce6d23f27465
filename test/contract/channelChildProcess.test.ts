import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { childChannel, parentChannel } from '../../counter/channel/childProcessChannel.ts'
import { channelContract } from './channel.ts'

channelContract('child process', () => {
  const child = fork(fileURLToPath(new URL('channelEcho.ts', import.meta.url)), [], { stdio: ['ignore', 2, 2, 'ipc'] })
  let exited = false
  const exit = new Promise<void>((resolve) => {
    child.once('exit', () => {
      exited = true
      resolve()
    })
  })
  return {
    near: childChannel(child),
    kill: () => void child.kill('SIGKILL'),
    farClosed: () => exited,
    async close() {
      child.kill('SIGKILL')
      await exit
    },
  }
})

it('is refused to a program that was started without a pipe', () => {
  const { send } = process
  process.send = undefined
  try {
    expect(() => parentChannel()).toThrow('IPC pipe')
  } finally {
    process.send = send
  }
})
