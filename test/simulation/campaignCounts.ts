import { LeaseAccounts, type Quantity } from './leaseAccounts.ts'

/** What a campaign allows, as head office wrote it. */
export interface CampaignTerms {
  readonly campaignId: string
  readonly acquisitionUses: number
  readonly holderUses: number | null
  /** Uses of one holder in one business day. */
  readonly dailyUses: number | null
  readonly campaignUses: number | null
  /** Discount of the whole campaign. */
  readonly campaignValue: number | null
  /** Nothing is approved offline. */
  readonly requiresOnline: boolean
  /** Of one offline redemption's discount. */
  readonly offlineMaxValue: number | null
  readonly validUntil: number
}

/** What is counted, and for whom. */
export interface CountedUse {
  readonly terms: CampaignTerms
  readonly holder: string
  readonly discount: number
  /** The business day on which it counts. */
  readonly day: string
}

/** How often and how much of each campaign was used, against what limits it. */
export class CampaignCounts {
  readonly leases = new LeaseAccounts()
  readonly #terms = new Map<string, CampaignTerms>()
  readonly #counted = new Map<string, Quantity>()
  readonly #forced = new Map<string, Quantity>()
  readonly #holderUses = new Map<string, number>()

  addCampaign(terms: CampaignTerms): void {
    this.#terms.set(terms.campaignId, terms)
  }

  termsOf(campaignId: string): CampaignTerms | undefined {
    return this.#terms.get(campaignId)
  }

  limitsOf(campaignId: string): Quantity {
    const { campaignUses, campaignValue } = this.#terms.get(campaignId) ?? {}
    return { uses: campaignUses ?? Number.POSITIVE_INFINITY, value: campaignValue ?? Number.POSITIVE_INFINITY }
  }

  /** What counts against the campaign's limits. */
  countedOf(campaignId: string): Quantity {
    return this.#counted.get(campaignId) ?? NOTHING
  }

  /** Lines that are forced now, whatever a manager said of them. */
  forcedOf(campaignId: string): Quantity {
    return this.#forced.get(campaignId) ?? NOTHING
  }

  count({ terms: { campaignId }, holder, discount, day }: CountedUse, by: 1 | -1): void {
    add(this.#counted, campaignId, discount, by)
    for (const when of ['ever', day]) {
      const key = `${holder} ${campaignId} ${when}`
      this.#holderUses.set(key, (this.#holderUses.get(key) ?? 0) + by)
    }
  }

  force({ terms: { campaignId }, discount }: Pick<CountedUse, 'terms' | 'discount'>, by: 1 | -1): void {
    add(this.#forced, campaignId, discount, by)
  }

  holderLimitReached({ terms, holder, day }: Omit<CountedUse, 'discount'>): boolean {
    const { campaignId, holderUses, dailyUses } = terms
    const used = (when: string) => this.#holderUses.get(`${holder} ${campaignId} ${when}`) ?? 0
    return (holderUses !== null && used('ever') >= holderUses) || (dailyUses !== null && used(day) >= dailyUses)
  }

  campaignLimitReached(campaignId: string, discount: number): boolean {
    const limits = this.limitsOf(campaignId)
    const counted = this.countedOf(campaignId)
    const lent = this.leases.lentOf(campaignId)
    return counted.uses + lent.uses >= limits.uses || counted.value + lent.value + discount > limits.value
  }
}

const NOTHING: Quantity = { uses: 0, value: 0 }

function add(counts: Map<string, Quantity>, key: string, discount: number, by: 1 | -1): void {
  const { uses, value } = counts.get(key) ?? NOTHING
  counts.set(key, { uses: uses + by, value: value + by * discount })
}
