import { spawn } from 'node:child_process'
import { lstatSync, mkdtempSync, rmSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { waitFor } from './waitFor.ts'

/** A null-modem cable between two pseudo-terminals: the counter opens `counterEnd`, the test sends from the other. */
export interface PtyPair {
  readonly counterEnd: string
  send(bytes: Uint8Array | string): Promise<void>
  plug(): Promise<void>
  /** Both ends vanish, as a USB-to-serial adapter does. */
  unplug(): Promise<void>
  close(): Promise<void>
}

export async function openPtyPair(): Promise<PtyPair> {
  const folder = mkdtempSync(join(tmpdir(), 'tapcoupon-pty-'))
  const counterEnd = join(folder, 'counter')
  const scannerEnd = join(folder, 'scanner')
  let end = await run()

  async function run() {
    const pty = (link: string) => `pty,raw,echo=0,link=${link}`
    const socat = spawn('socat', [pty(counterEnd), pty(scannerEnd)], { stdio: 'ignore' })
    const exited = new Promise<void>((resolve) => socat.once('exit', () => resolve()))
    const exists = (path: string) => lstatSync(path, { throwIfNoEntry: false })
    await waitFor('the pseudo-terminals of socat', () => exists(counterEnd) && exists(scannerEnd))
    const scanner: FileHandle = await open(scannerEnd, 'r+')
    return {
      scanner,
      async stop() {
        await scanner.close()
        socat.kill('SIGTERM')
        await exited
      },
    }
  }

  const pair: PtyPair = {
    counterEnd,
    async send(bytes) {
      await end.scanner.write(typeof bytes === 'string' ? Buffer.from(bytes) : bytes)
    },
    async plug() {
      end = await run()
    },
    unplug: () => end.stop(),
    async close() {
      await end.stop().catch(() => {})
      rmSync(folder, { recursive: true })
    },
  }
  return pair
}
