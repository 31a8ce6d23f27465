/** Customers who come to the lane: each has one coupon, which needs no choice. */
export const REGULARS = 2_000

/** The IDm and system code of a customer's card, as a reader reports it. */
export const cardOf = (holder: number): { type: 'felica-idm'; identifier: string } => ({
  type: 'felica-idm',
  identifier: `01010a10${holder.toString(16).padStart(8, '0')}@88b4`,
})
