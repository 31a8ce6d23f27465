import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { chromiumPath } from '../e2e/browser.ts'
import { productEnvironment, ROOT } from '../rigs/program.ts'

/** Longer than a page that never speaks is waited for (counter/supervisor/silenceWatch.ts). */
const HEARD_MS = 70_000
const DEADLINE_MS = 120_000

/**
 * `npm run proof -- kiosk`: `npm start -- --shell browser` with a real Chromium, whose page then hangs, crashes, and whose
 * browser is killed. Each time the screen has to come back by itself and be heard. Four minutes; Linux.
 */
export async function run(say: (line: string) => void): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'tapcoupon-kiosk-'))
  // Any display: the Chromium of npm draws on none.
  const env = {
    ...productEnvironment(),
    TAPCOUPON_BROWSER: await browserIn(dataDir),
    DISPLAY: process.env.DISPLAY ?? ':0',
  }
  const args = ['bin/start.ts', '--shell', 'browser', '--port', '0', '--no-devices', '--data-dir', dataDir]
  const product = spawn(process.execPath, args, { cwd: ROOT, env, stdio: ['ignore', 'inherit', 'pipe'] })
  const stop = () => void product.kill('SIGTERM')
  process.once('exit', stop)
  let log = ''
  product.stderr.setEncoding('utf8').on('data', (text: string) => {
    log += text
  })
  const pid = product.pid ?? -1
  try {
    const newPage = async (after: ReadonlySet<number>) => {
      const ready = await until(() => {
        const pages = pagesBelow(pid).filter((page) => !after.has(page))
        return pages.length > 0 ? pages : null
      })
      return ready ?? fail(`no page came back:\n${log}`)
    }
    await newPage(new Set())
    await pause(HEARD_MS)
    if (log.includes('has not been heard')) fail(`a page that is well was ended:\n${log}`)
    say(`the page is well, and left alone for ${HEARD_MS / 1_000} s`)

    for (const [what, signal, words] of [
      ['hangs', 'SIGSTOP', 'the page has not been heard for half a minute'],
      ['has crashed', 'SIGKILL', 'the page has not been heard for half a minute'],
    ] as const) {
      const [before, since, pages] = [log.length, performance.now(), pagesBelow(pid)]
      for (const page of pages) process.kill(page, signal)
      if (!(await until(() => (log.slice(before).includes(words) ? true : null)))) fail(`nobody noticed:\n${log}`)
      const noticed = performance.now() - since
      await newPage(new Set(pages))
      const back = performance.now() - since
      say(`a page that ${what}: noticed after ${seconds(noticed)}, another one after ${seconds(back)}`)
      await pause(HEARD_MS)
      if (log.slice(before).split('has not been heard').length > 2) fail(`the new page is not heard:\n${log}`)
    }

    const [since, pages] = [performance.now(), pagesBelow(pid)]
    for (const browser of browsersBelow(pid)) process.kill(browser, 'SIGKILL')
    await newPage(new Set(pages))
    say(`a browser that was killed: another one after ${seconds(performance.now() - since)}`)
  } finally {
    const ended = new Promise((resolve) => product.once('exit', resolve))
    stop()
    await ended
    process.removeListener('exit', stop)
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/** The Chromium of npm has no windows, so it opens a page that is named without `--app=`. */
async function browserIn(folder: string): Promise<string> {
  const program = join(folder, 'chromium')
  const pass = 'for one; do shift; set -- "$@" "$(echo "$one" | sed s/^--app=//)"; done'
  const lines = ['#!/bin/sh', pass, `exec '${await chromiumPath()}' "$@"`]
  writeFileSync(program, `${lines.join('\n')}\n`, { mode: 0o700 })
  return program
}

const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`

function fail(words: string): never {
  throw new Error(words)
}

async function until<Value>(look: () => Value | null): Promise<Value | null> {
  const deadline = performance.now() + DEADLINE_MS
  for (;;) {
    const seen = look()
    if (seen !== null || performance.now() > deadline) return seen
    await pause(250)
  }
}

const browsersBelow = (pid: number) =>
  below(pid)
    .filter(({ args }) => args.includes('--user-data-dir=') && !args.includes('--type='))
    .map((one) => one.pid)
const pagesBelow = (pid: number) =>
  below(pid)
    .filter(({ args, state }) => args.includes('--type=renderer') && !/[TZ]/.test(state))
    .map((one) => one.pid)

/** Every process that a process has started, and those that they have. */
function below(pid: number): { pid: number; state: string; args: string }[] {
  const rows = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,stat=,args='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((row) => /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(row))
    .flatMap((row) =>
      row ? [{ pid: Number(row[1]), parent: Number(row[2]), state: row[3] ?? '', args: row[4] ?? '' }] : [],
    )
  const found: typeof rows = []
  const look = (parent: number) => {
    for (const row of rows.filter((one) => one.parent === parent)) {
      found.push(row)
      look(row.pid)
    }
  }
  look(pid)
  return found
}
