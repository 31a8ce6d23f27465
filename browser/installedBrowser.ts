import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Chromium and its kin, in the order we would rather have them; only these know `--app` and `--kiosk`. */
const LINUX_NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge-stable',
  'microsoft-edge',
]
const MAC_PATHS = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
]
const WINDOWS_PATHS = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe']

/** Where a browser of ours may be, best first. `TAPCOUPON_BROWSER`, when set, is the only one. */
export function browserCandidates(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string[] {
  if (env.TAPCOUPON_BROWSER) return [env.TAPCOUPON_BROWSER]
  switch (platform) {
    case 'darwin':
      return MAC_PATHS
    case 'win32':
      return [env.ProgramFiles, env['ProgramFiles(x86)'], env.LOCALAPPDATA]
        .filter((folder) => folder !== undefined)
        .flatMap((folder) => WINDOWS_PATHS.map((path) => `${folder}\\${path}`))
    default: {
      const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '')
      return LINUX_NAMES.flatMap((name) => folders.map((folder) => join(folder, name)))
    }
  }
}

/** Whether a window could be opened at all: on Linux only with an X or Wayland display. */
export function hasDisplay(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): boolean {
  return platform !== 'linux' || Boolean(env.DISPLAY) || Boolean(env.WAYLAND_DISPLAY)
}

/** The first candidate that is there and may be run; null when there is none. */
export function installedBrowser(candidates: readonly string[]): string | null {
  return candidates.find(isExecutable) ?? null
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
