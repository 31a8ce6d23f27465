/** What has happened in a run, as far as it decides whether the run was worth anything. */
export class Tally {
  /** Approvals that a cashier was shown. */
  readonly shown = new Set<string>()
  /** Of those, decided by the station alone. */
  readonly offline = new Set<string>()
  /** Redemptions that a server decided under an id that its counter asked for. */
  readonly committed = new Set<string>()
  /** Of those, heard of by the counter that asked. */
  readonly heard = new Set<string>()
  /** Coupons that were used. */
  readonly used = new Set<string>()
  /** Of those, given at two stations while one of them could not know of the other. */
  readonly contested = new Set<string>()
  /** Lines that a settlement forced. */
  forced = 0
  crashes = 0

  get lostAnswers(): number {
    return [...this.committed].filter((redemptionId) => !this.heard.has(redemptionId)).length
  }

  /** What is missing for the run to say anything; empty: it is valid. */
  missing(): string[] {
    const wanting: string[] = []
    const share = (part: number, whole: number) => (whole === 0 ? 0 : part / whole)
    if (share(this.offline.size, this.shown.size) < 0.05) wanting.push('5 % of the approvals offline')
    if (share(this.lostAnswers, this.committed.size) < 0.01) wanting.push('1 % of the answers lost after the commit')
    if (share(this.contested.size, this.used.size) < 0.01) wanting.push('1 % of the coupons contested')
    if (this.forced <= 50) wanting.push('more than 50 forced lines')
    return wanting
  }
}
