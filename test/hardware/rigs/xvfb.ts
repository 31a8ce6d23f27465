import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { promisify } from 'node:util'

const execute = promisify(execFile)

/** An X display of our own, on which real windows open. */
export interface Display {
  /** For a child's `DISPLAY`. */
  readonly name: string
  /** The keyboard layout of the operating system, e.g. `us`, `jp`, `de`. */
  setLayout(layout: string): Promise<void>
  /** Gives the keyboard to the visible window whose title contains `title`: there is no window manager. */
  focus(title: string): Promise<void>
  /**
   * Presses the keys that a keyboard-wedge scanner on the US layout presses: positions, not characters. As fast as they
   * go: a busy machine adds pauses of its own, and a scan is told from a person by its speed.
   */
  scan(text: string): Promise<void>
  close(): Promise<void>
}

/** X keycodes are the kernel's plus 8; US positions of the characters without Shift, row by row. */
const ROWS: readonly (readonly [firstKeycode: number, characters: string])[] = [
  [10, '1234567890-='],
  [24, 'qwertyuiop[]'],
  [38, "asdfghjkl;'`"],
  [51, '\\zxcvbnm,./'],
  [65, ' '],
  [36, '\n'],
]
const SHIFTED = '!@#$%^&*()_+QWERTYUIOP{}ASDFGHJKL:"~|ZXCVBNM<>?'
const UNSHIFTED = "1234567890-=qwertyuiop[]asdfghjkl;'`\\zxcvbnm,./"

/** xdotool's name for the key press of one character; GS is Ctrl+]. */
function keyPress(character: string): string {
  if (character === '\u001d') return `ctrl+${keycode(']')}`
  const shifted = SHIFTED.indexOf(character)
  return shifted >= 0 ? `shift+${keycode(UNSHIFTED[shifted] ?? '')}` : `${keycode(character)}`
}

function keycode(character: string): number {
  for (const [first, characters] of ROWS) {
    const at = characters.indexOf(character)
    if (at >= 0) return first + at
  }
  throw new Error(`not on the US layout: ${JSON.stringify(character)}`)
}

/** Starts Xvfb on a free display and waits until it answers. */
export async function openDisplay(): Promise<Display> {
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x800x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  const name = await displayName(server)
  const run = (command: string, ...args: string[]) =>
    execute(command, args, { env: { ...process.env, DISPLAY: name }, timeout: 30_000 })
  return {
    name,
    async setLayout(layout) {
      await run('setxkbmap', layout)
    },
    async focus(title) {
      const { stdout } = await run('xdotool', 'search', '--sync', '--onlyvisible', '--name', title)
      const window = stdout.trim().split('\n').at(-1) ?? ''
      await run('xdotool', 'windowfocus', '--sync', window)
    },
    async scan(text) {
      await run('xdotool', 'key', '--delay', '1', ...[...text].map(keyPress))
    },
    async close() {
      const exited = new Promise<void>((resolve) => server.once('exit', () => resolve()))
      server.kill('SIGTERM')
      await exited
    },
  }
}

function displayName(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.once('exit', (code) => reject(new Error(`Xvfb ended with ${code}`)))
    server.stdio[3]?.once('data', (chunk) => resolve(`:${String(chunk).trim()}`))
  })
}
