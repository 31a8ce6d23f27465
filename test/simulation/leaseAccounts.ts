interface Account {
  readonly stationId: string
  readonly campaignId: string
  readonly uses: number
  /** Epoch milliseconds. */
  readonly spendUntil: number
  drawn: number
  isOver: boolean
}

/** What is lent to whom, by the answers that the server committed. */
export class LeaseAccounts {
  readonly #accounts = new Map<string, Account>()
  readonly #lent = new Map<string, number>()

  lend(leaseId: string, lease: Pick<Account, 'stationId' | 'campaignId' | 'uses' | 'spendUntil'>): void {
    if (this.#accounts.has(leaseId)) return
    this.#accounts.set(leaseId, { ...lease, drawn: 0, isOver: false })
    this.#move(lease.campaignId, lease.uses)
  }

  find(leaseId: string): Account | undefined {
    return this.#accounts.get(leaseId)
  }

  /** Uses of a campaign that stations may still spend. */
  lentOf(campaignId: string): number {
    return this.#lent.get(campaignId) ?? 0
  }

  covers(leaseId: string, stationId: string, campaignId: string, at: number): boolean {
    const lease = this.#accounts.get(leaseId)
    if (lease?.stationId !== stationId || lease.campaignId !== campaignId) return false
    return !lease.isOver && lease.drawn < lease.uses && at < lease.spendUntil
  }

  draw(leaseId: string): void {
    const lease = this.#accounts.get(leaseId)
    if (!lease) return
    lease.drawn += 1
    this.#move(lease.campaignId, -1)
  }

  /** Returned or written off: what is left is everybody's again. */
  end(leaseId: string): void {
    const lease = this.#accounts.get(leaseId)
    if (!lease || lease.isOver) return
    lease.isOver = true
    this.#move(lease.campaignId, lease.drawn - lease.uses)
  }

  #move(campaignId: string, by: number): void {
    this.#lent.set(campaignId, this.lentOf(campaignId) + by)
  }
}
