import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { CounterStart } from '../../core/counter/shellProtocol.ts'
import { accepted, type Outcome, refused } from '../../core/outcome.ts'
import { DevicesConfiguration } from '../../core/readers/protocol.ts'
import { MaintenanceWindow, NIGHT } from './updates.ts'

/** The environment variable that carries the settings, as JSON: the command line is readable by everybody. */
export const SETTINGS_VARIABLE = 'TAPCOUPON_ELECTRON'
/** Names another settings file than the machine's own. */
const SETTINGS_FILE_VARIABLE = 'TAPCOUPON_SETTINGS'

/** What starts this shell (`npm start`, a systemd unit) tells it. */
export const ShellSettings = z.object({
  counter: CounterStart.omit({ type: true, shell: true, secretsKey: true }),
  /** A normal window with a frame and developer tools instead of the locked kiosk. */
  windowed: z.boolean().default(false),
  /** When an installed copy may renew itself. */
  updates: MaintenanceWindow.default(NIGHT),
})
export type ShellSettings = z.infer<typeof ShellSettings>

/** The same as an administrator writes it for an installed copy. A misspelt setting is refused, not ignored. */
const SettingsFile = z.strictObject({
  /** Absent: whoever sets the machine up says it at its screen. */
  server: z.url({ protocol: /^https?$/ }).optional(),
  dataDir: z.string().min(1).optional(),
  /** Good once; it may stay in the file afterwards. */
  enrolCode: z.string().min(1).max(128).optional(),
  windowed: z.boolean().default(false),
  updates: MaintenanceWindow.default(NIGHT),
})

/** Where an installed copy's settings are, unless `TAPCOUPON_SETTINGS` names another file. */
export function settingsPath(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string {
  if (env[SETTINGS_FILE_VARIABLE]) return env[SETTINGS_FILE_VARIABLE]
  switch (platform) {
    case 'win32':
      return `${env.ProgramData ?? 'C:\\ProgramData'}\\Tapcoupon\\counter.json`
    case 'darwin':
      return '/Library/Application Support/Tapcoupon/counter.json'
    default:
      return '/etc/tapcoupon/counter.json'
  }
}

/**
 * Takes the settings out of the environment, so that no child inherits a one-time code; else reads them from the machine's
 * settings file. `homeDir` is where the data goes when the file does not say.
 *
 * Refusals name what is wrong in a sentence that can be printed; it repeats no value.
 */
export function takeSettings(
  env: NodeJS.ProcessEnv,
  homeDir: string,
  platform: NodeJS.Platform = process.platform,
): Outcome<ShellSettings, { problem: string }> {
  const text = env[SETTINGS_VARIABLE]
  delete env[SETTINGS_VARIABLE]
  if (text !== undefined) return parsed(text, SETTINGS_VARIABLE, ShellSettings)
  const path = settingsPath(platform, env)
  let content: string
  try {
    content = readFileSync(path, 'utf8')
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    if (!isMissing) return refused({ problem: `the settings at ${path} cannot be read` })
    // A machine that nobody has prepared asks at its screen.
    content = '{}'
  }
  const file = parsed(content, path, SettingsFile)
  if (!file.ok) return file
  const { server, dataDir = join(homeDir, 'counter'), enrolCode, windowed, updates } = file.value
  return accepted({
    counter: {
      ...(server === undefined ? {} : { serverUrl: server.replace(/\/+$/, '') }),
      dataDir,
      simulator: false,
      ...(enrolCode === undefined ? {} : { enrolCode }),
      devicesConfiguration: DevicesConfiguration.parse({}),
    },
    windowed,
    updates,
  })
}

function parsed<T>(text: string, where: string, schema: z.ZodType<T>): Outcome<T, { problem: string }> {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return refused({ problem: `${where} is not JSON` })
  }
  const result = schema.safeParse(json)
  if (result.success) return accepted(result.data)
  const fields = result.error.issues.map((issue) => issue.path.join('.') || '(all)')
  return refused({ problem: `${where} has a wrong value in ${fields.join(', ')}` })
}
