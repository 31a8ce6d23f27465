import { BlockList, isIP } from 'node:net'

/** IPv4 that is not the public internet's: IANA's special-purpose registry (RFC 6890 and its updates), and multicast. */
const NOT_PUBLIC_V4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.31.196.0', 24],
  ['192.52.193.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['192.175.48.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
]

/** Of IPv6 only 2000::/3 is given out (RFC 4291 §2.4); of that, what leads elsewhere: Teredo and other protocols, documentation, 6to4. */
const GIVEN_OUT_V6: readonly [string, number] = ['2000::', 3]
const NOT_PUBLIC_V6: readonly (readonly [string, number])[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
]

const refused = new BlockList()
for (const [net, prefix] of NOT_PUBLIC_V4) refused.addSubnet(net, prefix, 'ipv4')
for (const [net, prefix] of NOT_PUBLIC_V6) refused.addSubnet(net, prefix, 'ipv6')
const givenOut = new BlockList()
givenOut.addSubnet(...GIVEN_OUT_V6, 'ipv6')

/** Whether an address belongs to the public internet: not to this machine, its network, or a cloud's metadata service. */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !refused.check(address, 'ipv4')
    case 6:
      // What carries an IPv4 address inside (::ffff:0:0/96, 64:ff9b::/96) is outside of what is given out.
      return givenOut.check(address, 'ipv6') && !refused.check(address, 'ipv6')
    default:
      return false
  }
}
