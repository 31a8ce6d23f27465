import { defineConfig } from 'vitest/config'

/** Run by test/electron/main.ts, only where Electron's program is. */
export default defineConfig({
  test: {
    name: 'electron',
    include: ['test/electron/**/*.electron.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    fileParallelism: false,
  },
})
