import { constants } from 'node:fs'
import { access, open } from 'node:fs/promises'
import { createConnection } from 'node:net'
import type { PrinterSettings, PrintFault } from '../../core/counter/slip.ts'

/** How long a printer may take to be reached and to take a slip, milliseconds. */
const DEADLINE_MS = 8_000

/**
 * Sends bytes to a printer; null: it has taken all of them. `unreachable`: it is off, unplugged or its address is wrong;
 * `refused`: this user may not use it; `timeout`: it took part of it, as one without paper may. Never rejects.
 */
export async function sendToPrinter(
  { connection }: PrinterSettings,
  bytes: Uint8Array,
  deadlineMs = DEADLINE_MS,
): Promise<PrintFault | null> {
  const ends = new AbortController()
  const late = new Promise<PrintFault>((resolve) => {
    const timer = setTimeout(() => {
      resolve('timeout')
      ends.abort()
    }, deadlineMs)
    ends.signal.addEventListener('abort', () => clearTimeout(timer))
  })
  try {
    return await Promise.race([late, send(connection, bytes, ends.signal).then(() => null)])
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    return code === 'EACCES' || code === 'EPERM' ? 'refused' : 'unreachable'
  } finally {
    ends.abort()
  }
}

async function send(connection: PrinterSettings['connection'], bytes: Uint8Array, signal: AbortSignal): Promise<void> {
  switch (connection.kind) {
    case 'tcp':
      return sendByTcp(connection.host, connection.port, bytes, signal)
    case 'serial':
      return sendBySerial(connection.path, connection.baudRate, bytes)
    case 'file': {
      // Neither made nor emptied: it is a device.
      const file = await open(connection.path, constants.O_WRONLY | constants.O_APPEND)
      try {
        await file.writeFile(bytes)
      } finally {
        await file.close()
      }
    }
  }
}

/** Printers on a network listen on a raw port, mostly 9100 (HP JetDirect), and answer nothing. */
function sendByTcp(host: string, port: number, bytes: Uint8Array, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = createConnection({ host, port })
    signal.addEventListener('abort', () => socket.destroy())
    socket.once('error', reject)
    socket.once('close', () => resolve())
    socket.once('connect', () => socket.end(bytes))
    // A printer that speaks says nothing that we ask for; unread, it would hold the line open.
    socket.resume()
  })
}

/** 8 data bits, no parity, one stop bit: how receipt printers leave their factories. */
async function sendBySerial(path: string, baudRate: number, bytes: Uint8Array): Promise<void> {
  const { SerialPort } = await import('serialport')
  // serialport's own errors carry no code: the system is asked first.
  if (process.platform !== 'win32') await access(path, constants.W_OK)
  const port = new SerialPort({ path, baudRate, autoOpen: false })
  const done = (step: (ended: (error?: Error | null) => void) => void) =>
    new Promise<void>((resolve, reject) => step((error) => (error ? reject(error) : resolve())))
  await done((ended) => port.open(ended))
  try {
    await done((ended) => port.write(bytes, ended))
    await done((ended) => port.drain(ended))
  } finally {
    await done((ended) => port.close(ended))
  }
}
