interface Lent {
  readonly stationId: string
  readonly campaignId: string
  readonly uses: number
  /** Minor units; null: no budget limits its campaign. */
  readonly value: number | null
  /** Epoch milliseconds. */
  readonly spendUntil: number
}

interface Account extends Lent {
  drawn: number
  drawnValue: number
  isOver: boolean
}

export interface Quantity {
  readonly uses: number
  readonly value: number
}

const NOTHING: Quantity = { uses: 0, value: 0 }

/** What is lent to whom, by the answers that the server committed. */
export class LeaseAccounts {
  readonly #accounts = new Map<string, Account>()
  readonly #lent = new Map<string, Quantity>()

  lend(leaseId: string, lease: Lent): void {
    if (this.#accounts.has(leaseId)) return
    this.#accounts.set(leaseId, { ...lease, drawn: 0, drawnValue: 0, isOver: false })
    this.#move(lease.campaignId, lease.uses, lease.value ?? 0)
  }

  find(leaseId: string): Account | undefined {
    return this.#accounts.get(leaseId)
  }

  /** What stations may still spend of a campaign. */
  lentOf(campaignId: string): Quantity {
    return this.#lent.get(campaignId) ?? NOTHING
  }

  covers(leaseId: string, by: Pick<Lent, 'stationId' | 'campaignId'>, at: number, discount: number): boolean {
    const lease = this.#accounts.get(leaseId)
    if (lease?.stationId !== by.stationId || lease.campaignId !== by.campaignId) return false
    const holdsValue = lease.value === null || lease.drawnValue + discount <= lease.value
    return !lease.isOver && lease.drawn < lease.uses && holdsValue && at < lease.spendUntil
  }

  draw(leaseId: string, discount: number): void {
    const lease = this.#accounts.get(leaseId)
    if (!lease) return
    lease.drawn += 1
    lease.drawnValue += discount
    this.#move(lease.campaignId, -1, lease.value === null ? 0 : -discount)
  }

  /** Returned or written off: what is left is everybody's again. */
  end(leaseId: string): void {
    const lease = this.#accounts.get(leaseId)
    if (!lease || lease.isOver) return
    lease.isOver = true
    this.#move(lease.campaignId, lease.drawn - lease.uses, lease.value === null ? 0 : lease.drawnValue - lease.value)
  }

  #move(campaignId: string, uses: number, value: number): void {
    const lent = this.lentOf(campaignId)
    this.#lent.set(campaignId, { uses: lent.uses + uses, value: lent.value + value })
  }
}
