import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'

/** Reads one line that is not shown while it is typed; where nobody types, the first line of standard input. */
export async function hiddenLine(question: string): Promise<string> {
  const { stdin, stderr } = process
  if (stdin.isTTY) stderr.write(question)
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: stdin, output: nowhere, terminal: stdin.isTTY })
  try {
    return await new Promise<string>((resolve, reject) => {
      lines.once('line', resolve)
      lines.once('close', () => reject(new Error('nothing was typed')))
    })
  } finally {
    lines.close()
    if (stdin.isTTY) stderr.write('\n')
  }
}
