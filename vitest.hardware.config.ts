import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    name: 'hardware',
    include: ['test/hardware/*.test.ts'],
    globalSetup: ['test/hardware/prerequisites.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    fileParallelism: false,
    // Real hardware stacks on a loaded machine: CI runs a test that failed once more, and its summary names it.
    retry: process.env.CI ? 1 : 0,
  },
})
