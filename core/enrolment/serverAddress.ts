import { accepted, type Outcome, refused } from '../outcome.ts'

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/

/** Pages of the server that somebody may have copied the address of. */
const PAGES = /\/(?:office|my|docs)(?:\/.*)?$/

/**
 * A coupon server's address as a machine keeps it (without `/v1` and without a slash at its end), from what a person typed:
 * `coupons.example`, or what stands in the browser's bar at head office. Without a scheme it is `https`, on this very machine
 * `http`. Refused: any other scheme, and an address with a name or a password in it.
 */
export function serverAddress(typed: string): Outcome<string, { readonly problem: 'address_invalid' }> {
  const invalid = refused({ problem: 'address_invalid' as const })
  const text = typed.normalize('NFKC').trim()
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text)
    ? text
    : `${isLoopback(`http://${text}`) ? 'http' : 'https'}://${text}`
  if (text === '' || text.length > 256 || !URL.canParse(withScheme)) return invalid
  const { protocol, username, password, hostname, host, pathname } = new URL(withScheme)
  if (!['http:', 'https:'].includes(protocol) || username !== '' || password !== '' || hostname === '') return invalid
  return accepted(`${protocol}//${host}${pathname.replace(PAGES, '').replace(/\/+$/, '')}`)
}

/** What goes there can be read on its way: no TLS, and not on this machine. */
export const isUnprotected = (address: string): boolean => address.startsWith('http://') && !isLoopback(address)

function isLoopback(address: string): boolean {
  return URL.canParse(address) && LOOPBACK.test(new URL(address).hostname)
}
