/** One line for a person. It goes to stderr: stdout is for what scripts read. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`)
}
