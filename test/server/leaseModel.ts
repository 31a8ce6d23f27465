/** The least that must be true of a campaign with a limit, its coupons of one use each, and what is lent of it. */
export class LeaseModel {
  readonly limit: number
  readonly leases = new Map<string, { readonly station: number; readonly uses: number; drawn: number; open: boolean }>()
  readonly lines = new Map<string, ModelLine[]>()
  readonly refusedOnline = new Set<string>()
  #settled = 0

  constructor(limit: number) {
    this.limit = limit
  }

  get counted(): number {
    return this.#all().filter((line) => line.state === 'counted').length
  }

  get forced(): number {
    return this.#all().filter((line) => line.state === 'forced').length
  }

  get lent(): number {
    return [...this.leases.values()].reduce((sum, { open, uses, drawn }) => sum + (open ? uses - drawn : 0), 0)
  }

  /** Whether a redemption online is approved. */
  online(redemptionId: string, coupon: number): boolean {
    if (this.#isUsed(coupon) || !this.#hasRoom()) {
      this.refusedOnline.add(redemptionId)
      return false
    }
    this.lines.set(redemptionId, [{ coupon, state: 'counted', tookUse: true, spent: false, order: ++this.#settled }])
    return true
  }

  /** What each line of an event becomes, and whether its lease has the use back. */
  event(station: number, redemptionId: string, drawn: readonly Drawn[]): string[] {
    const before = this.lines.get(redemptionId)
    if (before)
      return drawn.map(({ leaseId }) =>
        leaseId === null || !this.#isOurs(leaseId, station) ? 'confirmed' : 'confirmed refunded',
      )
    const kept: ModelLine[] = []
    this.lines.set(redemptionId, kept)
    const order = ++this.#settled
    return drawn.map(({ coupon, leaseId }) => {
      const lease = leaseId === null ? undefined : this.leases.get(leaseId)
      const ours = leaseId !== null && this.#isOurs(leaseId, station)
      const isUsed = this.#isUsed(coupon)
      const isCovered = leaseId === null ? this.#hasRoom() : ours && lease !== undefined && lease.drawn < lease.uses
      const refused = this.refusedOnline.has(redemptionId)
      if (!refused && !isUsed && isCovered) {
        if (lease) lease.drawn += 1
        kept.push({ coupon, state: 'counted', tookUse: true, spent: false, order })
        return 'confirmed'
      }
      kept.push({ coupon, state: 'forced', tookUse: !isUsed, spent: !refused && isUsed, order })
      const isExhausted = !refused && !isUsed
      return ours && !isExhausted ? 'forced refunded' : 'forced'
    })
  }

  rollback(redemptionId: string): void {
    for (const line of this.lines.get(redemptionId) ?? []) {
      const { state } = line
      line.state = 'rolled_back'
      if (state === 'rolled_back' || !line.tookUse) continue
      line.tookUse = false
      this.#giveUse(line.coupon)
    }
  }

  /** What goes back to the pool. */
  end(leaseId: string): number {
    const lease = this.leases.get(leaseId)
    if (!lease?.open) return 0
    lease.open = false
    return lease.uses - lease.drawn
  }

  /** A use comes back: it pays for the oldest line that had none, and counts it where that was all it lacked. */
  #giveUse(coupon: number): void {
    const unpaid = [...this.lines]
      .flatMap(([redemptionId, lines]) => lines.map((line) => ({ redemptionId, line })))
      .filter(({ line }) => line.coupon === coupon && line.state === 'forced' && !line.tookUse)
      .sort((a, b) => a.line.order - b.line.order || (a.redemptionId < b.redemptionId ? -1 : 1))[0]?.line
    if (!unpaid) return
    unpaid.tookUse = true
    if (unpaid.spent && this.#hasRoom()) unpaid.state = 'counted'
  }

  #isOurs(leaseId: string, station: number): boolean {
    const lease = this.leases.get(leaseId)
    return lease?.open === true && lease.station === station
  }

  #hasRoom(): boolean {
    return this.counted + this.lent < this.limit
  }

  #isUsed(coupon: number): boolean {
    return this.#all().some((line) => line.coupon === coupon && line.state !== 'rolled_back' && line.tookUse)
  }

  #all(): ModelLine[] {
    return [...this.lines.values()].flat()
  }
}

export interface Drawn {
  readonly coupon: number
  readonly leaseId: string | null
}

interface ModelLine {
  readonly coupon: number
  state: 'counted' | 'forced' | 'rolled_back'
  tookUse: boolean
  /** Forced because its coupon had no use left. */
  readonly spent: boolean
  /** When it was settled: lines of one batch have the same. */
  readonly order: number
}
