import { appendFileSync } from 'node:fs'
import { parseArgs } from 'node:util'

/**
 * As much of curl as the pages use, for machines without it. Prints the body; appends `STATUS METHOD PATH` to the file that
 * CALLS names. With `-m` it ends after so many seconds with what had come.
 */
const { values, positionals } = parseArgs({
  args: process.argv.slice(2),
  allowPositionals: true,
  options: {
    silent: { type: 'boolean', short: 's' },
    'show-error': { type: 'boolean', short: 'S' },
    request: { type: 'string', short: 'X' },
    header: { type: 'string', short: 'H', multiple: true, default: [] },
    data: { type: 'string', short: 'd' },
    'max-time': { type: 'string', short: 'm' },
  },
})
const [url] = positionals
const method = values.request ?? (values.data === undefined ? 'GET' : 'POST')
const headers = values.header.map((line) => [
  line.slice(0, line.indexOf(':')),
  line.slice(line.indexOf(':') + 1).trim(),
])
const most = Number(values['max-time'] ?? 30) * 1_000
try {
  const answer = await fetch(url, { method, headers, body: values.data, signal: AbortSignal.timeout(most) })
  appendFileSync(process.env.CALLS, `${answer.status} ${method} ${new URL(url).pathname}\n`)
  for await (const chunk of answer.body) process.stdout.write(chunk)
} catch (error) {
  if (error.name !== 'TimeoutError') throw error
}
