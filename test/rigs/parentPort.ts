const PARENT_PORT = `
  import { EventEmitter } from 'node:events'
  const port = new EventEmitter()
  port.postMessage = (message) => process.send(message)
  process.on('message', (data) => port.emit('message', { data }))
  process.parentPort = port
`

/** Options for `fork` with which Node runs a program as Electron runs a utility process: `process.parentPort` over the IPC pipe. */
export const AS_UTILITY_PROCESS: string[] = ['--import', `data:text/javascript,${encodeURIComponent(PARENT_PORT)}`]
