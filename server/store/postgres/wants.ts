/** What a transaction needs in its working set: which rows, and by that which locks. */
export interface Wants {
  readonly redemptions: Set<string>
  /** Media by key, as `version:hexadecimal digits`. */
  readonly media: Set<string>
  readonly holders: Set<string>
  /** Acquisitions whose holders are not known. */
  readonly acquisitions: Set<string>
  /** Acquisitions that may have been asked for under these ids. */
  readonly requests: Set<string>
  readonly rollbacks: Set<string>
  /** Keys of periods in which holders' uses are looked at; `ever` always is. */
  readonly periods: Set<string>
  /** Where holders' activity is looked at. */
  readonly stores: Set<string>
  /** Campaigns whose counters are looked at though no holder of the set has a coupon of theirs. */
  readonly campaigns: Set<string>
  /** Campaigns whose leases are looked at. */
  readonly lends: Set<string>
  readonly leases: Set<string>
  /** Stations whose journals, and whose leases are looked at. */
  readonly stations: Set<string>
  readonly leasesOf: Set<string>
  /** Numbers of events of those stations. */
  readonly seqs: Set<number>
  /** Ids of events of those stations. */
  readonly events: Set<string>
  readonly conflicts: Set<string>
  readonly resolutions: Set<string>
  readonly operators: Set<string>
  /** Holders of whom it is asked whether they have redeemed before. */
  readonly visitors: Set<string>
  /** Unique codes by key, as media are named. */
  readonly codes: Set<string>
  /** Lists of acquisitions that arrive in parts, and what their dry runs may have tried. */
  readonly imports: Set<string>
  readonly tries: Set<string>
}

export type WantedSet = keyof Wants

export function noWants(): Wants {
  return {
    redemptions: new Set(),
    media: new Set(),
    holders: new Set(),
    acquisitions: new Set(),
    requests: new Set(),
    rollbacks: new Set(),
    periods: new Set(['ever']),
    stores: new Set(['']),
    campaigns: new Set(),
    lends: new Set(),
    leases: new Set(),
    stations: new Set(),
    leasesOf: new Set(),
    seqs: new Set(),
    events: new Set(),
    conflicts: new Set(),
    resolutions: new Set(),
    operators: new Set(),
    visitors: new Set(),
    codes: new Set(),
    imports: new Set(),
    tries: new Set(),
  }
}

/** A rule asked for what is not in the working set: the transaction is begun again with it. */
export class Missing extends Error {
  override readonly name = 'Missing'
  readonly kind: WantedSet | 'positions'
  readonly id: string | number

  constructor(kind: Missing['kind'], id: string | number) {
    super(`the working set has no ${kind} ${id}`)
    this.kind = kind
    this.id = id
  }
}

/** Adds what was missing; false when it was wanted before, which is a bug of the set. */
export function want(wants: Wants, kind: WantedSet, id: string | number): boolean {
  const set = wants[kind] as Set<string | number>
  if (set.has(id)) return false
  set.add(id)
  return true
}
