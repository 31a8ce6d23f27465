import { z } from 'zod'
import { CounterStart } from '../../core/counter/shellProtocol.ts'
import { accepted, type Outcome, refused } from '../../core/outcome.ts'

/** The environment variable that carries the settings, as JSON: the command line is readable by everybody. */
export const SETTINGS_VARIABLE = 'TAPCOUPON_ELECTRON'

/** What starts this shell (`npm start`, a systemd unit) tells it. */
export const ShellSettings = z.object({
  counter: CounterStart.omit({ type: true }),
  /** A normal window with a frame and developer tools instead of the locked kiosk. */
  windowed: z.boolean().default(false),
})
export type ShellSettings = z.infer<typeof ShellSettings>

/**
 * Takes the settings out of the environment, so that no child inherits a one-time code.
 *
 * Refusals name what is wrong in a sentence that can be printed; it repeats no value.
 */
export function takeSettings(env: NodeJS.ProcessEnv): Outcome<ShellSettings, { problem: string }> {
  const text = env[SETTINGS_VARIABLE]
  delete env[SETTINGS_VARIABLE]
  if (text === undefined) return refused({ problem: `${SETTINGS_VARIABLE} is not set: start Tapcoupon by npm start` })
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return refused({ problem: `${SETTINGS_VARIABLE} is not JSON` })
  }
  const parsed = ShellSettings.safeParse(json)
  if (parsed.success) return accepted(parsed.data)
  const fields = parsed.error.issues.map((issue) => issue.path.join('.') || '(all)')
  return refused({ problem: `${SETTINGS_VARIABLE} has a wrong value in ${fields.join(', ')}` })
}
