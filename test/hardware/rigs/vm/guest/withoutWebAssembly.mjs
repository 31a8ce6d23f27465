import { existsSync, readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * Preloaded (`--import`) into each Node of the guest: TypeScript's types were stripped on the host, into a copy of the tree
 * in the folder that TAPCOUPON_STRIPPED names. Node's own stripping is WebAssembly.
 */
const stripped = process.env.TAPCOUPON_STRIPPED ?? ''

registerHooks({
  load(url, context, next) {
    if (!url.startsWith('file:') || !url.endsWith('.ts')) return next(url, context)
    const copy = join(stripped, fileURLToPath(url))
    if (!existsSync(copy)) return next(url, context)
    return { format: 'module', source: readFileSync(copy), shortCircuit: true }
  },
})
