/** Where a command line program speaks: to scripts on stdout, to a person on stderr; whole lines, without their end. */
export interface Output {
  readonly out: (line: string) => void
  readonly err: (line: string) => void
}

/** This process's own. */
export const processOutput: Output = {
  out: (line) => void process.stdout.write(`${line}\n`),
  err: (line) => void process.stderr.write(`${line}\n`),
}
