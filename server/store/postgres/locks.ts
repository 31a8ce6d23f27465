import type { Call, Statement } from './connection.ts'
import { lookedUp } from './lookedUp.ts'
import type { Wants } from './wants.ts'

/**
 * Who decides about something holds its advisory lock until the end of the transaction; it is taken before anything of it
 * is read. Always in this order, and within a kind by hash, so that nobody waits in a circle.
 */
export const LOCKS = {
  definitions: 31337,
  redemptions: 31338,
  holders: 31339,
  stations: 31340,
  lends: 31341,
  imports: 31343,
} as const

/** Who writes the audit log, or by row what nobody decides by, one at a time; taken after all other locks. */
export const OFFICE_LOCK = 31342

const ids = (parameter: string, kind: number) =>
  `(SELECT count(pg_advisory_xact_lock(${kind}, h)) FROM
     (SELECT DISTINCT hashtext(id) AS h FROM unnest(${parameter}::TEXT[]) AS id ORDER BY 1) AS hashes)`

const REDEMPTIONS: Statement = {
  name: 'lock_redemptions',
  text: `SELECT pg_advisory_xact_lock_shared(${LOCKS.definitions}, 0), ${ids('$1', LOCKS.redemptions)}`,
}

/** Whose rows are read: of media, of named acquisitions, and of what redemptions used. */
export const WANTED_HOLDERS = `
  SELECT m.holder_id FROM unnest($1::BYTEA[], $2::BIGINT[]) AS k (key, v), ${lookedUp('media AS m', 'm.key = k.key AND m.key_version = k.v')} AS m
  UNION SELECT unnest($3::TEXT[])
  UNION SELECT a.holder_id FROM unnest($4::TEXT[]) AS n (id), ${lookedUp('acquisitions AS a', 'a.acquisition_id = n.id')} AS a
  UNION SELECT l.holder_id FROM unnest($5::TEXT[]) AS r (id), ${lookedUp('redemption_lines AS l', 'l.redemption_id = r.id')} AS l`

const HOLDERS: Statement = {
  name: 'lock_holders',
  text: `SELECT json_agg(holder_id), count(pg_advisory_xact_lock(${LOCKS.holders}, h)) FROM
    (SELECT hashtext(holder_id) AS h, holder_id FROM (${WANTED_HOLDERS}) AS wanted ORDER BY 1, 2) AS sorted`,
}

const OTHERS: Statement = {
  name: 'lock_stations_and_lends',
  text: `SELECT ${ids('$1', LOCKS.stations)}, (SELECT count(pg_advisory_xact_lock(${LOCKS.lends}, h)) FROM
    (SELECT DISTINCT hashtext(id) AS h FROM (SELECT unnest($2::TEXT[]) AS id
       UNION SELECT campaign_id FROM leases WHERE lease_id = ANY ($3::TEXT[]) OR station_id = ANY ($4::TEXT[])) AS lent
     ORDER BY 1) AS hashes), ${ids('$5', LOCKS.imports)}`,
}

/** Takes the definitions' lock, and those of redemptions. */
export const lockRedemptions = (wants: Wants): Call => ({ statement: REDEMPTIONS, values: [[...wants.redemptions]] })

/** Takes those of holders; its row begins with the list of them, or null. */
export const lockHolders = (wants: Wants): Call => ({ statement: HOLDERS, values: holdersWanted(wants) })

/** The first five parameters of `WANTED_HOLDERS`. */
export function holdersWanted({ media, holders, acquisitions, redemptions }: Wants): readonly unknown[] {
  const keys: Buffer[] = []
  const versions: number[] = []
  for (const medium of media) {
    const colon = medium.indexOf(':')
    versions.push(Number(medium.slice(0, colon)))
    keys.push(Buffer.from(medium.slice(colon + 1), 'hex'))
  }
  return [keys, versions, [...holders], [...acquisitions], [...redemptions]]
}

/** Takes those of stations, of campaigns that lend, and of lists; null when there are none. */
export function lockOthers({ stations, lends, leases, leasesOf, imports }: Wants): Call | null {
  if (stations.size + lends.size + leases.size + leasesOf.size + imports.size === 0) return null
  const all = new Set([...stations, ...leasesOf])
  return { statement: OTHERS, values: [[...all], [...lends], [...leases], [...leasesOf], [...imports]] }
}
