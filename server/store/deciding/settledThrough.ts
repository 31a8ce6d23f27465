export interface SettledThrough {
  /** Moves a station's mark over every event that follows it without a hole. Call after its events were kept; `answered`: their numbers. */
  advance(stationId: string, answered: ReadonlySet<number>): void
  /** Every event of the station up to here has been answered for; 0: not even the first. */
  of(stationId: string): number
}

/** Stations' marks and the events behind them, inside one transaction. */
export interface SettledRows {
  read(stationId: string): number | null
  write(stationId: string, through: number): void
  /** Whether an event is kept or in quarantine. */
  isAnswered(stationId: string, seq: number): boolean
}

/** How far a station's journal has been answered for: settled, or quarantined, which a person settles. */
export function settledThrough(rows: SettledRows): SettledThrough {
  const of: SettledThrough['of'] = (stationId) => rows.read(stationId) ?? 0
  return {
    of,
    advance(stationId, answered) {
      const start = of(stationId)
      let through = start
      while (answered.has(through + 1) || rows.isAnswered(stationId, through + 1)) through += 1
      if (through !== start) rows.write(stationId, through)
    },
  }
}
