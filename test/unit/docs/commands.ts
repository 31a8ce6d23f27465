import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A line that runs a script of ours. */
export interface NpmCommand {
  readonly script: string
  readonly flags: readonly string[]
  readonly line: string
}

/** The programs of ours that a piece of a page's code runs. */
export function npmCommands(code: string): readonly NpmCommand[] {
  const lines = code.replace(/\\\n\s*/g, ' ').split('\n')
  return lines.flatMap((whole) =>
    whole
      .replace(/\s#\s.*/, '')
      .split(/&&|\|(?!\w)|;/)
      .flatMap((line) => {
        const [, run, short] = /\bnpm (?:-s )?(?:run (?:-s )?([a-z][a-z:-]*)|(start|test)\b)/.exec(line) ?? []
        const script = run ?? short
        if (script === undefined) return []
        const [, given = ''] = line.split(/ -- /)
        return [{ script, flags: given.match(/(?<=^|\s)--[a-z][a-z-]*/g) ?? [], line }]
      }),
  )
}

/** Where the command line of a script is read. */
const PROGRAMS: Readonly<Record<string, readonly string[]>> = {
  start: ['bin/startOptions.ts'],
  server: ['server/options.ts', 'server/main.ts', 'server/commands/*.ts'],
  readers: ['bin/readers.ts'],
  journal: ['bin/journalCommand.ts'],
  station: ['bin/stationCommand.ts'],
  pos: ['bin/pos.ts'],
  bench: ['test/bench/*.ts'],
  journeys: ['test/journeys/main.ts'],
  simulate: ['test/simulation/main.ts'],
}

/** The flags (`--name`) that a script's program reads: what it gives to parseArgs. */
export function flagsOf(root: string, script: string): ReadonlySet<string> {
  const files = globSync([...(PROGRAMS[script] ?? [])], { cwd: root })
  const options = files.flatMap((file) => [
    ...readFileSync(join(root, file), 'utf8').matchAll(
      /^\s*(?:const options = \{ )?'?([a-z][a-z-]*)'?: \{ type: '|[{,] '?([a-z][a-z-]*)'?: \{ type: '|'--([a-z][a-z-]*)'/gm,
    ),
  ])
  return new Set([...options.map(([, first, second, third]) => `--${first ?? second ?? third}`), '--help'])
}
