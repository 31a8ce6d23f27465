/** What a device says of itself and where it is. */
export interface Identity {
  readonly vendorId: number
  readonly productId: number
  readonly serial: string | null | undefined
  /** Where it is plugged in: the USB port, else the device node. */
  readonly place: string
}

/**
 * VID:PID:serial, else VID:PID:port; never the order in which devices were found. Some makers give every device the same
 * serial number: `taken` are keys of other devices that are plugged in now, and then the port is added.
 */
export function deviceKey({ vendorId, productId, serial, place }: Identity, taken: ReadonlySet<string>): string {
  const product = [vendorId, productId].map((id) => id.toString(16).padStart(4, '0')).join(':')
  // A USB string has at most 126 characters; a longer one must not push out the place that tells devices apart.
  const said = (serial ?? '').trim().slice(0, 126)
  if (said === '' || isPlaceholder(said)) return `${product}:${place}`.slice(0, 256)
  const key = `${product}:${said}`.slice(0, 256)
  return taken.has(key) ? `${product}:${said}@${place}`.slice(0, 256) : key
}

/** Serial numbers that cheap devices share: one character over and over, or counting up. */
function isPlaceholder(serial: string): boolean {
  return (
    /^(.)\1*$/.test(serial) ||
    (serial.length >= 4 && ['0123456789', '123456789'].some((count) => count.startsWith(serial)))
  )
}
