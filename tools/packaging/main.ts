import { spawnSync } from 'node:child_process'
import { join, resolve } from 'node:path'
import { buildFiles } from '../../bin/builtFiles.ts'
import { electronBinary, fetchElectron } from '../../bin/electronBinary.ts'
import { kioskPackage, serverPackage, stage } from './stage.ts'

/**
 * `npm run package -- [server]`: the kiosk's packages for this operating system into dist/packages, or the server's files
 * into dist/server. Exit code 3: Electron's program is not here and cannot be fetched; everything up to it is in dist/app.
 */
const root = resolve(import.meta.dirname, '../..')
const NO_ELECTRON = 3
const BUILDER = 'electron-builder@26.17.0'

if (process.argv[2] === 'server') {
  await buildFiles(root, 'office')
  await buildFiles(root, 'my')
  stage(root, serverPackage(root), join(root, 'dist/server'))
  console.log('package: the server is in dist/server; it is started there by: node server/main.ts')
} else {
  await buildFiles(root, 'renderer')
  await buildFiles(root, 'electron')
  stage(root, kioskPackage(root, process.env.TAPCOUPON_PACKAGER), join(root, 'dist/app'))
  console.log('package: what the packages are made of is in dist/app')
  if (electronBinary(root, process.env) === null && !(await fetchElectron(root))) {
    console.error(`package: no package was made: ELECTRON_ABSENT, Electron's program is not here and cannot be fetched`)
    process.exitCode = NO_ELECTRON
  } else {
    process.exitCode = build()
  }
}

/** electron-builder stays out of our own dependencies: three hundred packages, one with an install script. */
function build(): number {
  const integrity = process.platform === 'linux' ? [] : ['-c.electronFuses.enableEmbeddedAsarIntegrityValidation=true']
  const args = ['--yes', '--ignore-scripts', BUILDER, '--config', 'electron-builder.yml', ...integrity]
  const address = process.env.TAPCOUPON_UPDATES
  const publish = address ? ['-c.publish.provider=generic', `-c.publish.url=${address}`] : []
  return spawnSync('npx', [...args, ...publish, '--publish', 'never'], { cwd: root, stdio: 'inherit' }).status ?? 1
}
