import type { Event, Session, WebContents } from 'electron'
import { leadsOut } from '../../core/counter/leadsOut.ts'
import { APP_ORIGIN, APP_PAGE } from './appProtocol.ts'

/**
 * Refuses every permission, device, download and request that is not for the screen's own files; `withTools` lets
 * Electron's developer tools load theirs.
 */
export function lockSession(session: Session, withTools: boolean): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler((_request, answer) => answer(null))
  // Electron cancels these when nobody answers; said here so that a later default does not decide.
  session.on('select-hid-device', (event, _details, answer) => refuseDevice(event, answer))
  session.on('select-usb-device', (event, _details, answer) => refuseDevice(event, answer))
  session.on('select-serial-port', (event, _ports, _contents, answer) => refuseDevice(event, answer))
  session.on('will-download', (event) => event.preventDefault())
  session.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !isAllowedRequest(details.url, withTools) }))
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
  // A page that asks whether it may be left must not hold up its own reload.
  contents.on('will-prevent-unload', (event) => event.preventDefault())
  contents.on('select-bluetooth-device', (event, _devices, answer) => refuseDevice(event, answer))
  contents.on('before-input-event', (event, input) => {
    if (input.type === 'keyDown' && leadsOut(input)) event.preventDefault()
  })
  contents.setIgnoreMenuShortcuts(true)
}

/** Our own origin, and Electron's developer tools where a window has them. */
function isAllowedRequest(address: string, withTools: boolean): boolean {
  const url = URL.canParse(address) ? new URL(address) : null
  if (url === null) return false
  // A scheme of our own has the opaque origin `null` in Node's URL: host and scheme are compared instead.
  return `${url.protocol}//${url.host}` === APP_ORIGIN || (withTools && url.protocol === 'devtools:')
}

/** An empty id is none. */
function refuseDevice(event: Event, answer: (id: string) => void): void {
  event.preventDefault()
  answer('')
}
