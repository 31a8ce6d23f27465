import { defineConfig } from 'vitest/config'

/** Readers on a real kernel in an emulated machine: minutes, with a processor of its own. */
export default defineConfig({
  test: {
    name: 'vm',
    include: ['test/hardware/vm/*.test.ts'],
    globalSetup: ['test/hardware/prerequisites.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    fileParallelism: false,
    expect: { poll: { timeout: 10_000 } },
    // Real hardware stacks on a loaded machine: CI runs a test that failed once more, and its summary names it.
    retry: process.env.CI ? 1 : 0,
  },
})
