import { lookup as resolve } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { isIP } from 'node:net'
import { isPublicAddress } from './addresses.ts'

/** Where webhooks may be sent. */
export interface TargetRules {
  /** Also plain http and addresses that are not public: for trying things out, and for receivers in the same network. */
  readonly privateAllowed: boolean
}

/** An address that webhooks are not sent to. */
export class RefusedAddress extends Error {
  override readonly name = 'RefusedAddress'
}

const hostOf = (url: URL): string => url.hostname.replace(/^\[(.*)\]$/, '$1')

/** What is wrong with a URL as far as it can be said without asking anybody; null: nothing. */
export function targetProblem(url: string, { privateAllowed }: TargetRules): string | null {
  const parsed = URL.parse(url)
  if (!parsed || (parsed.protocol !== 'https:' && parsed.protocol !== 'http:')) return 'not a URL of https'
  if (parsed.username !== '' || parsed.password !== '') return 'a URL with a name or password in it'
  if (parsed.hash !== '') return 'a URL with a fragment'
  if (privateAllowed) return null
  if (parsed.protocol !== 'https:') return 'https only'
  const host = hostOf(parsed)
  if (isIP(host) !== 0 && !isPublicAddress(host)) return 'an address that is not public'
  return null
}

/**
 * Looks a name up for a connection and refuses what is not public. The connection is made to the very address that was
 * looked at, so a name that answers differently the second time leads nowhere.
 */
export function guardedLookup({ privateAllowed }: TargetRules): LookupFunction {
  return (hostname, options, done) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) {
        done(error, '', 4)
        return
      }
      const allowed = privateAllowed ? addresses : addresses.filter(({ address }) => isPublicAddress(address))
      const [first] = allowed
      if (!first) done(new RefusedAddress('no public address'), '', 4)
      else if (options.all) done(null, [...allowed])
      else done(null, first.address, first.family)
    })
  }
}
