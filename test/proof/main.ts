import { loadRun, namesIn } from '../namedFile.ts'

/**
 * `npm run proof -- NAME [options]`: runs test/proof/NAME.ts, a long experiment that shows a promise kept (thousands of
 * crashes, hours of traffic). It exports `run(say, options)`, tells what it sees by `say(line)` and throws when the
 * promise was broken; then the exit code is 1.
 */
const folder = import.meta.dirname
const [name, ...options] = process.argv.slice(2)
const names = namesIn(folder, ['main.ts'])

// What a proof has started ends with it, by its own `exit` listeners, also when it is interrupted.
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  process.once(signal, () => process.exit(code))
}

if (name === undefined || !names.includes(name)) {
  console.error(`usage: npm run proof -- NAME\nNAME is one of: ${names.join(', ')}`)
  process.exitCode = 2
} else {
  const run = await loadRun(folder, name)
  try {
    await run((line: string) => console.log(line), options)
    console.log(`${name}: holds`)
  } catch (error) {
    console.error(error)
    console.error(`${name}: BROKEN`)
    process.exitCode = 1
  }
}
