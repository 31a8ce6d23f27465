/** What this screen remembers about its look; never anything about a customer or a cashier. */
type Remembered = 'language' | 'languageSet' | 'theme' | 'themeSet' | 'sound' | 'simulator'

const key = (name: Remembered) => `tapcoupon.${name}`

/** The remembered value, or null when there is none or it is not one of `allowed`. */
export function recall<Value extends string>(name: Remembered, allowed: readonly Value[]): Value | null {
  try {
    const stored = localStorage.getItem(key(name))
    return allowed.find((value) => value === stored) ?? null
  } catch {
    // Storage may be switched off; then nothing is remembered.
    return null
  }
}

export function remember(name: Remembered, value: string): void {
  try {
    localStorage.setItem(key(name), value)
  } catch {
    // As above.
  }
}
