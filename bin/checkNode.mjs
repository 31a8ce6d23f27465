import * as module from 'node:module'
import { fileURLToPath } from 'node:url'

// Plain JavaScript on purpose: this runs on the Node that is too old to read the rest, before `npm start` and others.
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `Tapcoupon needs Node 22.18 or newer and this is ${process.versions.node}. Run it by npm (npm start), which brings its own, or install Node 24.`,
  )
  process.exit(1)
}

// The next start has what this one compiles. Where the folder cannot be written, each start compiles.
module.enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/tapcoupon', import.meta.url)))
