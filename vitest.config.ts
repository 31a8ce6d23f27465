import { defineConfig } from 'vitest/config'
import { filesOnPostgres } from './test/rigs/filesOnPostgres.ts'

/** Real processes on a loaded machine: CI runs a test that failed once more, and its summary names it. */
const retry = process.env.CI ? 1 : 0

/** CI's machine has nothing else to do; vitest's own default leaves a processor to whoever sits before it. */
const maxWorkers = process.env.CI ? '100%' : undefined

/** Everything here needs nothing but npm; what needs Debian packages is in vitest.hardware.config.ts. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.{ts,tsx}', 'test/contract/**/*.test.ts'],
          globalSetup: ['test/rigs/sharedPostgres.ts'],
          // None takes that long by itself; a machine that has other things to do may.
          testTimeout: 30_000,
          hookTimeout: 30_000,
          retry,
          maxWorkers,
        },
      },
      {
        test: {
          name: 'server',
          include: ['test/server/**/*.test.ts'],
          globalSetup: ['test/rigs/sharedPostgres.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          retry,
          maxWorkers,
        },
      },
      {
        test: {
          name: 'postgres',
          include: filesOnPostgres(process.env.TAPCOUPON_POSTGRES_SUITES === 'all'),
          env: { TAPCOUPON_TEST_ENGINE: 'postgres' },
          globalSetup: ['test/rigs/sharedPostgres.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          retry,
          maxWorkers,
        },
      },
      {
        test: {
          name: 'simulation',
          include: ['test/simulation/**/*.test.ts'],
          testTimeout: 600_000,
          retry,
          maxWorkers,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          retry,
        },
      },
      {
        test: {
          name: 'journeys',
          // All of them take minutes: `npm run journeys`.
          include: process.env.TAPCOUPON_JOURNEYS
            ? ['test/journeys/*.test.ts']
            : ['test/journeys/{short,caught}.test.ts'],
          exclude: process.env.TAPCOUPON_JOURNEYS ? ['test/journeys/short.test.ts'] : [],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          retry,
        },
      },
    ],
  },
})
