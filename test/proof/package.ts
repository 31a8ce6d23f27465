import { fork, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildFiles } from '../../bin/builtFiles.ts'
import { readFuses } from '../../tools/packaging/fuses.ts'
import { kioskPackage, stage } from '../../tools/packaging/stage.ts'
import { AS_UTILITY_PROCESS } from '../rigs/parentPort.ts'
import { ROOT } from '../rigs/program.ts'

const BUILDER = 'electron-builder@26.17.0'

/**
 * `npm run proof -- package`: the real electron-builder packs the kiosk for Linux around a program that is none, but has a fuse
 * wire; then the fuses are read back and the counter is started from where it lies unpacked, in Node. It needs npm's
 * registry, and shows everything of a package but Electron itself. Throws when anything is not as it should be.
 */
export async function run(say: (line: string) => void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tapcoupon-package-'))
  try {
    await buildFiles(ROOT, 'renderer')
    await buildFiles(ROOT, 'electron')
    stage(ROOT, kioskPackage(ROOT), join(ROOT, 'dist/app'))
    say('staged: dist/app')

    const out = join(folder, 'out')
    const settings = [
      `-c.electronDist=${doubleOfElectron(folder)}`,
      `-c.directories.output=${out}`,
      '--publish',
      'never',
    ]
    const builder = [
      '--yes',
      '--ignore-scripts',
      BUILDER,
      '--linux',
      'dir',
      '--config',
      'electron-builder.yml',
      ...settings,
    ]
    const { status } = spawnSync('npx', builder, { cwd: ROOT, stdio: 'inherit' })
    if (status !== 0) throw new Error(`electron-builder ended with ${status}`)

    const packed = join(out, 'linux-unpacked')
    const fuses = readFuses(readFileSync(join(packed, 'tapcoupon')))
    say(`fuses: ${JSON.stringify(fuses)}`)
    if (fuses?.runAsNode !== false || fuses.onlyLoadAppFromAsar !== true) throw new Error('the fuses were not set')

    const data = join(folder, 'data')
    const said = await startCounter(join(packed, 'resources/app.asar.unpacked/dist/electron/counter.mjs'), data)
    say(`the packed counter: ${said.join(', ')}`)
    if (said.at(-1) !== 'exit 0' || !said.includes('ready')) throw new Error('the packed counter did not run')
    if (!existsSync(join(data, 'journal.db'))) throw new Error('the packed counter has no journal')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What electron-builder looks for in Electron's distribution, with every fuse the wrong way round. */
function doubleOfElectron(folder: string): string {
  const dist = join(folder, 'electron')
  for (const path of ['locales', 'resources']) mkdirSync(join(dist, path), { recursive: true })
  const wire = Buffer.from([1, 8, ...Buffer.from('10110010')])
  const sentinel = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX')
  writeFileSync(join(dist, 'electron'), Buffer.concat([sentinel, wire]))
  chmodSync(join(dist, 'electron'), 0o755)
  for (const name of ['chrome-sandbox', 'LICENSE', 'LICENSES.chromium.html', 'version', 'locales/en-US.pak']) {
    writeFileSync(join(dist, name), '')
  }
  return dist
}

/** Starts and stops it; the types of what it said, and how it ended. */
function startCounter(program: string, dataDir: string): Promise<string[]> {
  const child = fork(program, [], {
    execArgv: AS_UTILITY_PROCESS,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const said: string[] = []
  child.on('message', ({ type }: { type: string }) => {
    if (!said.includes(type)) said.push(type)
    if (type === 'ready') child.send({ type: 'stop' })
  })
  const secretsKey = 'A'.repeat(43)
  const start = { type: 'start', serverUrl: 'http://127.0.0.1:1', dataDir, simulator: false, secretsKey }
  child.send({ ...start, devicesConfiguration: {} })
  return new Promise((resolve) => child.once('exit', (code) => resolve([...said, `exit ${code}`])))
}
