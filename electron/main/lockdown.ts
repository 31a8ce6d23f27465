import type { Session, WebContents } from 'electron'
import { APP_ORIGIN, APP_PAGE } from './appProtocol.ts'

/** Refuses every permission, device, download and request that is not for the screen's own files. */
export function lockSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler((_request, answer) => answer(null))
  session.on('will-download', (event) => event.preventDefault())
  session.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !isAllowedRequest(details.url) }))
}

/**
 * Keeps a page where it was loaded: no navigation but loading itself again, no redirect, new window or embedded page,
 * whoever asks.
 */
export function lockContents(contents: WebContents): void {
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || event.url !== APP_PAGE) event.preventDefault()
  })
  contents.on('will-redirect', (event) => event.preventDefault())
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
}

/** Our own origin, and Electron's developer tools where a window has them. */
function isAllowedRequest(address: string): boolean {
  const url = URL.canParse(address) ? new URL(address) : null
  if (url === null) return false
  // A scheme of our own has the opaque origin `null` in Node's URL: host and scheme are compared instead.
  return `${url.protocol}//${url.host}` === APP_ORIGIN || url.protocol === 'devtools:'
}
