import { fuzzServer } from '../rigs/fuzzedServer.ts'

/**
 * `npm run proof -- api [ROUNDS] [SEED]`: every route of the server's own OpenAPI document with hostile values (types,
 * sizes, text, numbers, headers, cursors) and every kind of credential in turn, 500 times each, from a seed that is
 * printed. Throws when anything is answered with a 5xx, or with an error that is no problem document of ours.
 */
export async function run(say: (line: string) => void, options: readonly string[]): Promise<void> {
  const rounds = Number(options[0] ?? 500)
  const seed = Number(options[1] ?? Date.now() % 1_000_000_000)
  if (!(rounds > 0) || !Number.isSafeInteger(seed)) throw new Error('usage: npm run proof -- api [ROUNDS] [SEED]')
  say(`seed ${seed}`)
  const { requests, statuses, neverAccepted, broken } = await fuzzServer(seed, rounds)
  say(`${requests} requests`)
  for (const [status, count] of Object.entries(statuses)) say(`  ${status}: ${count}`)
  say(`routes that accepted nothing: ${neverAccepted.join(', ') || 'none'}`)
  for (const { route, request, status, body } of broken.slice(0, 20)) {
    say(`${status} ${route}\n  ${JSON.stringify(request).slice(0, 2_000)}\n  ${body}`)
  }
  if (broken.length > 0) throw new Error(`${broken.length} of ${requests} were not stood; seed ${seed}`)
}
