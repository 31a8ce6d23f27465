/** A sign-in that was asked for and not answered: asked again with the same `phone`, it is the same one. */
export interface SignInTry {
  readonly code: string
  /** Random: the server gives a code's session a second time to nobody else. */
  readonly phone: string
}

const KEY = 'tapcoupon.my.signIn'

/** The sign-in of this page that has no answer yet; `storage` is its tab's, which outlives a reload. */
export function signInTries(storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>): {
  /** The try with this code: the one that is open, or a new one. */
  with(code: string): SignInTry
  /** The one that is open; null: none is. */
  open(): SignInTry | null
  answered(): void
} {
  let known: SignInTry | null = null
  const open = (): SignInTry | null => {
    if (known) return known
    const [code, phone] = kept(() => storage.getItem(KEY))?.split(' ') ?? []
    return code && phone ? { code, phone } : null
  }
  return {
    open,
    with(typed) {
      const code = typed.replace(/\s/g, '')
      const before = open()
      known = before?.code === code ? before : { code, phone: randomHex() }
      kept(() => storage.setItem(KEY, `${known?.code} ${known?.phone}`))
      return known
    },
    answered() {
      known = null
      kept(() => storage.removeItem(KEY))
    },
  }
}

/** Storage may be switched off; then a try lasts as long as the page. */
function kept<Value>(use: () => Value): Value | null {
  try {
    return use()
  } catch {
    return null
  }
}

const randomHex = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
