import { spawn } from 'node:child_process'
import { lstatSync, mkdtempSync, rmSync, symlinkSync, unlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A serial cable with a scanner at its far end: a pseudo-terminal held by `script` (util-linux, on every Debian). */
export interface SerialCable {
  /** Stays the same when the cable is unplugged and plugged in again, as a port of `/dev/serial/by-id` does. */
  readonly path: string
  /** What the scanner sends. */
  send(bytes: Uint8Array | string): void
  plug(): Promise<void>
  unplug(): Promise<void>
  close(): Promise<void>
}

export async function plugSerialCable(): Promise<SerialCable> {
  const folder = mkdtempSync(join(tmpdir(), 'tapcoupon-serial-'))
  const path = join(folder, 'scanner')
  let end = await holdTerminal()
  symlinkSync(end.terminal, path)
  const cable: SerialCable = {
    path,
    send: (bytes) => void end.input.write(bytes),
    async plug() {
      end = await holdTerminal()
      symlinkSync(end.terminal, path)
    },
    async unplug() {
      if (lstatSync(path, { throwIfNoEntry: false })) unlinkSync(path)
      await end.release()
    },
    async close() {
      await cable.unplug()
      rmSync(folder, { recursive: true })
    },
  }
  return cable
}

/** Opens a pseudo-terminal in raw mode; what is written to `input` arrives on it. */
async function holdTerminal() {
  const holder = spawn('script', ['--quiet', '--command', 'stty raw -echo; tty; exec sleep 600', '/dev/null'], {
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  const exited = new Promise<void>((resolve) => holder.once('exit', () => resolve()))
  const terminal = await new Promise<string>((resolve, reject) => {
    let said = ''
    holder.once('error', reject)
    holder.once('exit', () => reject(new Error(`script ended: ${said}`)))
    holder.stdout.on('data', (chunk) => {
      said += String(chunk)
      const line = /^(\/dev\/pts\/\d+)\s/m.exec(said)?.[1]
      if (line) resolve(line)
    })
  })
  return {
    terminal,
    input: holder.stdin,
    async release() {
      // The kernel hangs the terminal up, which also ends what runs on it.
      holder.kill('SIGKILL')
      await exited
    },
  }
}
