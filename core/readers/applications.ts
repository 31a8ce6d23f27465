/**
 * Applications that are never selected: the payment system environments, which list a customer's bank cards, and the
 * schemes' own. A card number that is never read cannot be stored (PCI DSS 3.4). `1PAY.SYS.DDF01` and its contactless twin; RIDs of
 * Visa, Mastercard, American Express, JCB, Discover, UnionPay, Interac.
 */
const PAYMENT_AIDS = [
  '315041592e5359532e4444463031',
  '325041592e5359532e4444463031',
  'a000000003',
  'a000000004',
  'a000000025',
  'a000000065',
  'a000000152',
  'a000000333',
  'a000000277',
]

/**
 * Whether a SELECT by this name (hex, in either case) could reach a payment application. A name may be cut short on the
 * right, and then selects whatever begins like it: the beginning of a payment application's name counts as well.
 */
export function mayBePayment(aidHex: string): boolean {
  const aid = aidHex.toLowerCase()
  return PAYMENT_AIDS.some((payment) => aid.startsWith(payment) || payment.startsWith(aid))
}
