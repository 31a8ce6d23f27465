import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { serverPackage, stage } from '../../tools/packaging/stage.ts'
import { ROOT, type Running, runProgram } from '../rigs/program.ts'

/** The server from its packed files and nothing else of the checkout. */
const folder = mkdtempSync(join(tmpdir(), 'tapcoupon-packed-'))
const app = join(folder, 'app')
let server: Running<{ url: string }> | undefined

beforeAll(() => {
  const { files, ...rest } = serverPackage(ROOT)
  // Pages are built by another step; the server runs without them too.
  stage(ROOT, { ...rest, files: files.filter((path) => !path.startsWith('dist/')) }, app)
}, 120_000)
afterAll(async () => {
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
}, 120_000)

it('starts, is ready, answers, and ends when it is asked to', async () => {
  const Line = z.object({ url: z.url() })
  const database = `sqlite:${join(folder, 'coupons.db')}`
  const main = join(app, 'server/main.ts')
  server = await runProgram([main, '--demo', '--database', database, '--port', '0'], (text) =>
    Line.parse(JSON.parse(text)),
  )
  expect((await fetch(`${server.line.url}/readyz`)).status).toBe(200)
  expect((await fetch(`${server.line.url}/v1/search`, { method: 'POST' })).status).toBe(401)
  expect(await server.stop()).toBe(0)
}, 120_000)
