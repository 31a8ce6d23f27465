import { leadsOut } from '../../core/counter/leadsOut.ts'

/**
 * Keeps a kiosk's page where it is, as far as a page can: no menu, no zoom by keys, wheel or fingers, no file dropped on it,
 * no second window by the middle button, no way back in the history. Returns how to end it.
 */
export function guardPage(page: Window): () => void {
  const { document, history, location } = page
  const refuse = (event: Event) => event.preventDefault()
  const key = (event: KeyboardEvent) => {
    const { key, ctrlKey: control, metaKey: meta, altKey: alt, shiftKey: shift } = event
    if (leadsOut({ key, control, meta, alt, shift })) event.preventDefault()
  }
  const wheel = (event: WheelEvent) => {
    if (event.ctrlKey) event.preventDefault()
  }
  const fingers = (event: TouchEvent) => {
    if (event.touches.length > 1) event.preventDefault()
  }
  const stay = () => history.pushState(null, '', location.href)
  const ended = new AbortController()
  const { signal } = ended
  const first = { capture: true, signal }
  for (const name of ['contextmenu', 'dragstart', 'dragover', 'drop', 'auxclick', 'gesturestart']) {
    document.addEventListener(name, refuse, first)
  }
  document.addEventListener('keydown', key, first)
  document.addEventListener('wheel', wheel, { ...first, passive: false })
  document.addEventListener('touchmove', fingers, { ...first, passive: false })
  page.addEventListener('popstate', stay, { signal })
  stay()
  document.documentElement.dataset.kiosk = ''
  return () => {
    ended.abort()
    delete document.documentElement.dataset.kiosk
  }
}
