import { readInDatabase } from './readInDatabase.ts'

export interface HeldRedemption {
  readonly redemptionId: string
  readonly state: 'active' | 'rolled_back' | 'held'
  /** Discount by acquisition of the lines that still count. */
  readonly lines: ReadonlyMap<string, number>
}

/** What a coupon server's database file holds. */
export interface Holdings {
  /** Approved redemptions, whatever became of them. */
  readonly redemptions: ReadonlyMap<string, HeldRedemption>
  /** Uses that are left, by acquisition. */
  readonly usesLeft: ReadonlyMap<string, number>
  readonly overuse: number
}

export function readHoldings(file: string): Holdings {
  return readInDatabase(file, (db) => {
    const lines = db
      .prepare<[], { redemption_id: string; acquisition_id: string; discount: number }>(
        "SELECT redemption_id, acquisition_id, discount FROM redemption_lines WHERE state <> 'rolled_back'",
      )
      .all()
    const redemptions = db
      .prepare<[], { redemption_id: string; state: HeldRedemption['state'] }>(
        "SELECT redemption_id, state FROM redemptions WHERE status = 'approved'",
      )
      .all()
    const byRedemption = Map.groupBy(lines, (line) => line.redemption_id)
    return {
      redemptions: new Map(
        redemptions.map(({ redemption_id, state }) => [
          redemption_id,
          {
            redemptionId: redemption_id,
            state,
            lines: new Map((byRedemption.get(redemption_id) ?? []).map((line) => [line.acquisition_id, line.discount])),
          },
        ]),
      ),
      usesLeft: new Map(
        db
          .prepare<[], { acquisition_id: string; uses_left: number }>(
            'SELECT acquisition_id, uses_left FROM acquisitions',
          )
          .all()
          .map(({ acquisition_id, uses_left }) => [acquisition_id, uses_left]),
      ),
      overuse: db.prepare<[], number>('SELECT count(*) FROM overuse').pluck().get() ?? 0,
    }
  })
}

/** Intents of a station's journal that the server has not answered for. */
export function readOpenIntents(file: string): number {
  return readInDatabase(
    file,
    (db) => db.prepare<[], number>("SELECT count(*) FROM intent WHERE state = 'open'").pluck().get() ?? 0,
  )
}
