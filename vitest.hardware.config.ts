import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    name: 'hardware',
    include: ['test/hardware/*.test.ts'],
    globalSetup: ['test/hardware/prerequisites.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    fileParallelism: false,
  },
})
