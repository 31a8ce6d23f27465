import { resolve } from 'node:path'
import { buildFiles } from './builtFiles.ts'

/** `npm run build`: the screens into dist/renderer, dist/office, dist/my and dist/pos, the Electron shell into dist/electron. */
const root = resolve(import.meta.dirname, '..')
await buildFiles(root, 'renderer')
await buildFiles(root, 'office')
await buildFiles(root, 'my')
await buildFiles(root, 'pos')
await buildFiles(root, 'electron')
