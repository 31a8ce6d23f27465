import { loadSampleChain } from '../../../resources/sample/sampleChain.ts'
import type { ServerLine } from '../../e2e/product.ts'
import { acquire, approveCampaign } from '../../rigs/officeCalls.ts'

/** Nearly all the discount that a store lets wait for the server at one counter. */
export const CAP_COUPON = { title: 'Furniture: ¥499,950 off', amount: 499_950, holder: 'Aoi Watanabe' } as const

/** Before the counter has its copy of the coupons: one that leaves next to nothing to be given without the server. */
export async function sampleForCaps(line: ServerLine): Promise<void> {
  const { title, amount, holder } = CAP_COUPON
  const medium = loadSampleChain().holders.find(({ name }) => name === holder)?.media[0]
  if (!medium) throw new Error(`the sample has no card of ${holder}`)
  const campaignId = await approveCampaign(line, { title, benefit: { kind: 'amount_off', amount } })
  await acquire(line, campaignId, { type: medium.type, identifier: medium.identifier })
}
