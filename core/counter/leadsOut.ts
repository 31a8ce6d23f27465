/** A key as it goes down: `key` as in DOM's KeyboardEvent. */
export interface KeyPress {
  readonly key: string
  readonly control: boolean
  readonly meta: boolean
  readonly alt: boolean
  readonly shift: boolean
}

/** With Alt; F4 closes a window, arrows and Home leave a page. */
const WITH_ALT = ['f4', 'arrowleft', 'arrowright', 'home']
/** With Ctrl or Command; `i`, `c` and `j` with Shift besides. */
const WITH_CONTROL = ['w', 'q', 'r', 'p', 'o', 's', 'u', 'n', 't', '+', '-', '=', '0', 'f4', 'f5']
const WITH_CONTROL_AND_SHIFT = ['i', 'c', 'j']
const ALONE = [
  'f5',
  'f11',
  'f12',
  'browserback',
  'browserforward',
  'browserhome',
  'browserrefresh',
  'browsersearch',
  'browserfavorites',
  'printscreen',
]

/**
 * Whether a key would close, reload, zoom or leave the page, print it or open developer tools. Scanners that type control
 * characters (Ctrl with `]`, `j` or `m`) are let through: the page reads them.
 */
export function leadsOut({ key, control, meta, alt, shift }: KeyPress): boolean {
  const pressed = key.toLowerCase()
  if (alt && WITH_ALT.includes(pressed)) return true
  // Both at once are AltGr, which types a character.
  if ((control || meta) && !alt && WITH_CONTROL.includes(pressed)) return true
  if ((control || meta) && shift && WITH_CONTROL_AND_SHIFT.includes(pressed)) return true
  return ALONE.includes(pressed)
}
