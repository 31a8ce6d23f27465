import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isFresh } from '../../../bin/builtFiles.ts'
import { electronBinary, fetchElectron } from '../../../bin/electronBinary.ts'
import { claimFolder } from '../../../bin/runningLock.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tapcoupon-bin-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Writes a file below the folder, last changed at `seconds`. */
function file(path: string, seconds: number, text = ''): void {
  const whole = join(folder, path)
  mkdirSync(dirname(whole), { recursive: true })
  writeFileSync(whole, text)
  utimesSync(whole, seconds, seconds)
  utimesSync(dirname(whole), seconds, seconds)
}

describe('a build', () => {
  it('is not fresh before the first', () => {
    file('renderer/main.tsx', 100)
    expect(isFresh(folder, 'renderer')).toBe(false)
  })

  it('is fresh until one of its sources changes, however deep', () => {
    file('renderer/a/b/c.tsx', 100)
    file('core/money.ts', 100)
    file('renderer/main.tsx', 100)
    utimesSync(join(folder, 'renderer/a'), 100, 100)
    file('dist/renderer/index.html', 200)
    expect(isFresh(folder, 'renderer')).toBe(true)
    file('renderer/a/b/c.tsx', 300)
    expect(isFresh(folder, 'renderer')).toBe(false)
  })

  it('is not fresh after a source was removed', () => {
    file('renderer/main.tsx', 100)
    file('renderer/old.tsx', 100)
    file('dist/renderer/index.html', 200)
    expect(isFresh(folder, 'renderer')).toBe(true)
    rmSync(join(folder, 'renderer/old.tsx'))
    expect(isFresh(folder, 'renderer')).toBe(false)
  })

  it('does not care for what it is not made from', () => {
    file('renderer/main.tsx', 100)
    file('dist/renderer/index.html', 200)
    file('server/main.ts', 300)
    expect(isFresh(folder, 'renderer')).toBe(true)
  })
})

describe('a data folder', () => {
  it('is refused while another process has it, with its id', async () => {
    const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
    try {
      writeFileSync(join(folder, 'running.pid'), String(other.pid))
      expect(claimFolder(folder)).toEqual({ ok: false, pid: other.pid, file: join(folder, 'running.pid') })
    } finally {
      const gone = new Promise((resolve) => other.once('exit', resolve))
      other.kill('SIGKILL')
      await gone
    }
    expect(claimFolder(folder).ok).toBe(true)
  })

  it('is claimed by name and given back', () => {
    const claim = claimFolder(folder)
    expect(readFileSync(join(folder, 'running.pid'), 'utf8')).toMatch(new RegExp(`^${process.pid}\n`))
    if (claim.ok) claim.value.release()
    expect(() => readFileSync(join(folder, 'running.pid'))).toThrow()
  })

  it('is taken over from a claim that names nobody', () => {
    writeFileSync(join(folder, 'running.pid'), 'rubbish')
    expect(claimFolder(folder).ok).toBe(true)
  })

  it.runIf(process.platform === 'linux')('is taken over when another program has the id since', () => {
    // Our parent runs, and is not the process that wrote this before the power went.
    writeFileSync(join(folder, 'running.pid'), `${process.ppid}\n00000000-0000-0000-0000-000000000000 1\n`)
    expect(claimFolder(folder).ok).toBe(true)
  })

  it('that cannot be made is named in one line', async () => {
    const child = spawn(process.execPath, ['bin/start.ts', '--shell', 'none', '--data-dir', '/dev/null/counter'])
    let said = ''
    child.stderr.on('data', (chunk) => {
      said += chunk
    })
    const code = await new Promise((resolve) => child.once('close', resolve))
    expect({ code, said }).toEqual({
      code: 1,
      said: expect.stringMatching(/^tapcoupon: the data folder cannot be used: .*\n$/),
    })
  })
})

describe("Electron's program", () => {
  it('is not there in a package that has not fetched it', () => {
    mkdirSync(join(folder, 'node_modules/electron'), { recursive: true })
    expect(electronBinary(folder, {})).toBeNull()
  })

  it('is where path.txt says', () => {
    file('node_modules/electron/path.txt', 1, 'electron')
    file('node_modules/electron/dist/electron', 1)
    expect(electronBinary(folder, {})).toBe(join(folder, 'node_modules/electron/dist/electron'))
  })

  it('is in the folder of ELECTRON_OVERRIDE_DIST_PATH, when that is set', () => {
    file('elsewhere/electron', 1)
    expect(electronBinary(folder, { ELECTRON_OVERRIDE_DIST_PATH: join(folder, 'elsewhere') })).toBe(
      join(folder, 'elsewhere/electron'),
    )
    expect(electronBinary(folder, { ELECTRON_OVERRIDE_DIST_PATH: join(folder, 'nowhere') })).toBeNull()
  })

  it('cannot be fetched without its package, by an installer that fails, or by one that hangs', async () => {
    expect(await fetchElectron(folder)).toBe(false)
    file('node_modules/electron/install.js', 1, 'process.exit(1)')
    expect(await fetchElectron(folder)).toBe(false)
    file('node_modules/electron/install.js', 1, 'setInterval(() => {}, 1000)')
    expect(await fetchElectron(folder, 300)).toBe(false)
    file('node_modules/electron/install.js', 1, '')
    expect(await fetchElectron(folder)).toBe(true)
  })
})
