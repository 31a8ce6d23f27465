import { join } from 'node:path'
import { z } from 'zod'
import { openBrowser } from '../../e2e/browser.ts'
import { runProgram } from '../../rigs/program.ts'
import { median } from '../offline/holders.ts'
import type { LaneRig } from './lane.ts'

const STARTS = 7
const ShellLine = z.object({ url: z.url() })

/**
 * Starts `npm start`'s program anew on the files of a lane that was closed, with the server there: from its start to the
 * paint of the screen on which a cashier signs in, in a browser that is open already. Milliseconds each.
 */
export async function coldStarts(rig: LaneRig): Promise<{ starts: number[]; ofWhich: object }> {
  const browser = await openBrowser()
  const starts: number[] = []
  const shells: number[] = []
  try {
    for (let start = 0; start <= STARTS; start++) {
      const context = await browser.newContext({ viewport: { width: 1024, height: 768 } })
      const page = await context.newPage()
      const begun = performance.now()
      const program = await runProgram(
        [
          '--import',
          './bin/checkNode.mjs',
          'bin/start.ts',
          '--shell',
          'none',
          '--port',
          '0',
          '--pos-port',
          '0',
          '--no-devices',
          '--server',
          rig.server.url,
        ].concat(['--data-dir', join(rig.folder, 'till')]),
        (text) => ShellLine.parse(JSON.parse(text)),
      )
      const answered = performance.now()
      await page.goto(program.line.url, { waitUntil: 'commit' })
      await page.waitForFunction(() => document.querySelector('.operators') !== null)
      await page.evaluate(() => new Promise<void>((done) => requestAnimationFrame(() => setTimeout(done))))
      const took = performance.now() - begun
      // The first also compiles what later ones find compiled.
      if (start > 0) {
        starts.push(took)
        shells.push(answered - begun)
      }
      await context.close()
      await program.stop()
    }
  } finally {
    await browser.close()
  }
  return { starts, ofWhich: { toAddress: Math.round(median(shells)) } }
}
