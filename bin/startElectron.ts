import { spawn } from 'node:child_process'
import { join } from 'node:path'
import type { z } from 'zod'
import type { CounterStart } from '../core/counter/shellProtocol.ts'
import { SHELL_EXIT } from '../counter/supervisor/exitCodes.ts'
import { DEFAULT_RESTART_POLICY, NO_FAILURES, nextRestart } from '../counter/supervisor/restartBackoff.ts'
import { SETTINGS_VARIABLE, type ShellSettings } from '../electron/main/shellSettings.ts'
import { say } from './say.ts'

/** Chromium's sandbox does not start for root; a till runs as a user of its own. */
const ROOT_ARGUMENTS = process.getuid?.() === 0 ? ['--no-sandbox'] : []

const FINAL: readonly number[] = [SHELL_EXIT.ended, SHELL_EXIT.left, SHELL_EXIT.misconfigured]

/**
 * Runs the Electron shell and starts it again when it crashes.
 *
 * @param ended called with its exit code when starting it again would be wrong: a person ended it, or its settings are.
 * @returns how to end it; resolves when it is gone.
 */
export function startElectronShell(
  root: string,
  binary: string,
  { start, windowed }: { readonly start: CounterStart; readonly windowed: boolean },
  ended: (code: number) => void,
): () => Promise<void> {
  const { type: _, shell: _shell, ...counter } = start
  const settings: z.input<typeof ShellSettings> = { counter, windowed }
  let history = NO_FAILURES
  let ending = false
  let end: () => Promise<void> = async () => {}

  const launch = () => {
    const startedAt = performance.now()
    const { NODE_OPTIONS: _ignored, ELECTRON_RUN_AS_NODE: _alsoIgnored, ...env } = process.env
    const child = spawn(binary, [...ROOT_ARGUMENTS, join(root, 'dist/electron/main.cjs')], {
      env: { ...env, [SETTINGS_VARIABLE]: JSON.stringify(settings) },
      stdio: ['ignore', 2, 2],
    })
    const gone = new Promise<void>((resolve) => {
      child.once('exit', () => resolve())
      child.once('error', () => resolve())
    })
    end = async () => {
      child.kill('SIGTERM')
      await gone
    }
    child.once('error', (error) => say(`tapcoupon: Electron cannot be started: ${error.message}`))
    child.once('exit', (code) => {
      if (ending) return
      if (code !== null && FINAL.includes(code)) {
        ended(code)
        return
      }
      const next = nextRestart(history, performance.now() - startedAt, DEFAULT_RESTART_POLICY)
      history = next.history
      say(`tapcoupon: Electron ended with ${code ?? 'a signal'}; starting it again in ${next.delayMs} ms`)
      const timer = setTimeout(launch, next.delayMs)
      end = async () => clearTimeout(timer)
    })
  }
  launch()
  return () => {
    ending = true
    return end()
  }
}
