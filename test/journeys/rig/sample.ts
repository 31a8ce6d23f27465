import { loadSampleChain } from '../../../resources/sample/sampleChain.ts'

/** The id of a campaign of the sample chain, by its English title. */
export function campaignOf(title: string): string {
  const campaign = loadSampleChain().campaigns.find(({ rules }) => rules.title === title)
  if (!campaign) throw new Error(`the sample has no campaign “${title}”`)
  return campaign.campaignId
}

/** The first card of a holder of the sample chain. */
export function cardOf(name: string) {
  const card = loadSampleChain().holders.find((holder) => holder.name === name)?.media[0]
  if (!card) throw new Error(`the sample has no card of ${name}`)
  return { type: card.type, identifier: card.identifier }
}
