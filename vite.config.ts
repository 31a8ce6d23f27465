import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** What is built from which folder, by mode: each is a page of its own that carries nothing of the others. */
const PAGES = {
  counter: { root: 'renderer', outDir: 'dist/renderer' },
  office: { root: 'renderer/office', outDir: 'dist/office' },
  my: { root: 'renderer/my', outDir: 'dist/my' },
  pos: { root: 'packages/pos-client/sample', outDir: 'dist/pos' },
} as const

/**
 * Builds the screens into `dist`: static files that a shell or the server serves. Paths are relative, so that an `app://`
 * origin, a loopback origin and a folder of the server serve the same build; nothing is inlined, so that it runs under
 * `default-src 'self'` without any `unsafe-*` or `data:`.
 */
export default defineConfig(({ mode }) => {
  const page = mode === 'office' || mode === 'my' || mode === 'pos' ? mode : 'counter'
  const { root, outDir } = PAGES[page]
  // The customer's display is a second page of the counter, with nothing of the cashier's in it.
  const input = page === 'counter' ? ['index.html', 'display.html'] : ['index.html']
  return {
    root,
    base: './',
    plugins: [react()],
    build: {
      outDir: `${import.meta.dirname}/${outDir}`,
      emptyOutDir: true,
      target: 'es2024',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 1_000,
      rolldownOptions: { input: input.map((file) => join(import.meta.dirname, root, file)) },
    },
  }
})
