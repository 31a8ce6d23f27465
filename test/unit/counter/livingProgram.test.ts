import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'

const module = resolve(import.meta.dirname, '../../../counter/livingProgram.ts')

/** Runs a program beside a shell that says "begun" once it lives so; what it said and its exit code. */
function run(program: string) {
  const text = `
    const { liveBesideShell } = await import(${JSON.stringify(module)})
    const posted = []
    liveBesideShell('counter', { post: (message) => posted.push(message), onMessage() {}, onClosed() {}, close() {} })
    ${program}`
  return spawnSync(process.execPath, ['--input-type=module', '-e', text], { encoding: 'utf8' })
}

it('a program ends with 1 when nobody handles a rejection, and says which', () => {
  const { status, stderr } = run(`void Promise.reject(new Error('nobody looked')); setTimeout(() => {}, 60_000)`)
  expect(status).toBe(1)
  expect(stderr).toContain('counter: Error: nobody looked')
})

it('and by itself when there is nothing left to do: saying that it lives keeps nobody alive', () => {
  expect(run('').status).toBe(0)
})
