import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/**
 * Builds the screens into `dist/renderer`: static files that either shell serves. Paths are relative, so that an
 * `app://` origin and a loopback origin serve the same build; nothing is inlined, so that it runs under
 * `default-src 'self'` without any `unsafe-*` or `data:`.
 */
export default defineConfig({
  root: 'renderer',
  base: './',
  plugins: [react()],
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    target: 'es2024',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1_000,
  },
})
