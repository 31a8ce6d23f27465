import { spawn } from 'node:child_process'
import { join } from 'node:path'
import type { CounterStart } from '../core/counter/shellProtocol.ts'
import { DEFAULT_RESTART_POLICY, NO_FAILURES, nextRestart } from '../counter/supervisor/restartBackoff.ts'
import { SETTINGS_VARIABLE, type ShellSettings } from '../electron/main/shellSettings.ts'
import { say } from './say.ts'

/** Chromium's sandbox does not start for root; a till runs as a user of its own. */
const ROOT_ARGUMENTS = process.getuid?.() === 0 ? ['--no-sandbox'] : []

/**
 * Runs the Electron shell and starts it again when it crashes.
 *
 * @param closed called when it ended because a person closed it.
 * @returns how to end it; resolves when it is gone.
 */
export function startElectronShell(
  root: string,
  binary: string,
  { start, windowed }: { readonly start: CounterStart; readonly windowed: boolean },
  closed: () => void,
): () => Promise<void> {
  const { type: _, ...counter } = start
  const settings: ShellSettings = { counter, windowed }
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
      if (code === 0) {
        closed()
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
