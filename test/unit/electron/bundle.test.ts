import { type ChildProcess, fork } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { builtinModules, createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { runInNewContext } from 'node:vm'
import { Worker } from 'node:worker_threads'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { bundleElectron } from '../../../bin/builtFiles.ts'
import { KNOWN_FAMILIES } from '../../../drivers/models/known.ts'
import { AS_UTILITY_PROCESS } from '../../rigs/parentPort.ts'

const root = resolve(import.meta.dirname, '../../..')
// Inside the checkout: the programs find their native packages in its node_modules.
mkdirSync(join(root, 'dist'), { recursive: true })
const out = mkdtempSync(join(root, 'dist', 'bundle-test-'))

beforeAll(() => bundleElectron(root, out), 60_000)
afterAll(() => rmSync(out, { recursive: true }))

/** Programs start on a machine that may have other things to do. */
const SLOW = { timeout: 20_000 }

const text = (name: string) => readFileSync(join(out, name), 'utf8')

/** Packages that a bundle still loads at run time; Node's own left out. */
function loaded(name: string): string[] {
  const found = [...text(name).matchAll(/(?:^import [^'"]*|require\d*\(|import\()["']([^'"]+)["']/gm)].map(
    (match) => match[1] ?? '',
  )
  return [...new Set(found)].filter((id) => !id.startsWith('node:') && !builtinModules.includes(id)).sort()
}

describe('the Electron bundle', () => {
  it('is one file for each program', () => {
    const programs = ['checkThread.mjs', 'counter.mjs', 'devices.mjs', 'flushThread.mjs', 'main.cjs', 'preload.cjs']
    expect(readdirSync(out).sort()).toEqual(programs)
  })

  it('keeps natives out of the shell: main and preload load Electron and nothing else', () => {
    expect(loaded('main.cjs')).toEqual(['electron'])
    expect(loaded('preload.cjs')).toEqual(['electron'])
  })

  it('leaves only native packages to be found beside the two programs', () => {
    const natives = ['better-sqlite3', 'node-hid', 'serialport', 'pcsc-mini', 'nfc-pcsc', '@pokusew/pcsclite']
    for (const name of ['counter.mjs', 'devices.mjs']) {
      for (const id of loaded(name)) expect(natives).toContain(id)
    }
    expect(loaded('counter.mjs')).toContain('better-sqlite3')
  })

  it('has the thread that reads snapshots through, where the counter looks for it', async () => {
    expect(text('counter.mjs')).toContain('./checkThread.mjs')
    const workerData = { file: { total: 1, sha256: '' }, packed: join(out, 'none'), unpacked: join(out, 'none.new') }
    const thread = new Worker(join(out, 'checkThread.mjs'), { workerData })
    const answered = new Promise((done, failed) => thread.once('message', done).once('error', failed))
    thread.postMessage(true)
    expect(await answered).toMatchObject({ ok: false, fault: 'storage_failed' })
  })

  it('has the thread that brings the journal onto the disk there too', async () => {
    expect(text('counter.mjs')).toContain('./flushThread.mjs')
    const state = new Int32Array(new SharedArrayBuffer(8))
    const path = join(out, 'flushThread.mjs')
    const thread = new Worker(path, { workerData: { path, state } })
    const ended = new Promise((done, failed) => thread.once('exit', done).once('error', failed))
    expect(await new Promise((ready) => thread.once('message', ready))).toBe('ready')
    Atomics.store(state, 0, -1)
    Atomics.notify(state, 0)
    expect(await ended).toBe(0)
  })

  it('knows every family of readers, though it has no folder to look into', () => {
    expect(KNOWN_FAMILIES.length).toBeGreaterThan(5)
    for (const { family } of KNOWN_FAMILIES) expect(text('devices.mjs')).toContain(family)
    expect(text('devices.mjs')).not.toContain('./families/')
  })

  it('has a preload that runs where a sandbox gives it nothing but `require` of Electron', () => {
    const exposeInMainWorld = vi.fn()
    const electron = { contextBridge: { exposeInMainWorld }, ipcRenderer: { on: vi.fn(), send: vi.fn() } }
    runInNewContext(text('preload.cjs'), {
      exports: {},
      module: { exports: {} },
      require: (id: string) => {
        if (id !== 'electron') throw new Error(`a sandboxed preload cannot load ${id}`)
        return electron
      },
    })
    expect(exposeInMainWorld).toHaveBeenCalledExactlyOnceWith(
      'tapcoupon',
      expect.objectContaining({
        post: expect.any(Function),
        alive: expect.any(Function),
        onMessage: expect.any(Function),
        onLink: expect.any(Function),
      }),
    )
  })

  it('has a counter that starts, and devices that run a simulated reader', async () => {
    const counter = utilityProcess('counter.mjs')
    counter.send({
      type: 'start',
      serverUrl: 'http://127.0.0.1:1',
      dataDir: mkdtempSync(join(out, 'data-')),
      simulator: true,
      devicesConfiguration: {},
    })
    await expect.poll(() => counter.received, SLOW).toContainEqual({ type: 'ready' })
    counter.send({ type: 'clientOpened', clientId: 'screen-1' })
    await expect
      .poll(() => counter.received, SLOW)
      .toContainEqual(expect.objectContaining({ type: 'toClient', clientId: 'screen-1' }))
    counter.send({ type: 'stop' })
    expect(await counter.exit).toBe(0)

    const devices = utilityProcess('devices.mjs')
    devices.send({ type: 'configure', configuration: { pcsc: false, hid: false, wedge: false, simulated: true } })
    await expect
      .poll(() => devices.received, SLOW)
      .toContainEqual(expect.objectContaining({ type: 'health', health: expect.objectContaining({ state: 'ready' }) }))
    devices.process.kill('SIGKILL')
    await devices.exit
  }, 60_000)

  it('is where package.json says that Electron starts', () => {
    const { main } = createRequire(import.meta.url)('../../../package.json') as { main: string }
    expect(main).toBe('dist/electron/main.cjs')
  })
})

/** Runs a bundled program in plain Node as Electron runs it in a utility process. */
function utilityProcess(name: string) {
  const process: ChildProcess = fork(join(out, name), [], {
    execArgv: AS_UTILITY_PROCESS,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const received: unknown[] = []
  process.on('message', (message) => received.push(message))
  return {
    process,
    received,
    send: (message: object) => process.send(message),
    exit: new Promise<number | null>((resolve) => process.once('exit', resolve)),
  }
}
