import type { DecidingRows } from '../deciding/deciding.ts'
import { type AnswersLoaded, answerSet, loadAnswers, NO_ANSWERS } from './answerSet.ts'
import { conflictSet } from './conflictSet.ts'
import type { Call, Row, Statement } from './connection.ts'
import { type CodesLoaded, couponSet, loadCodes, NO_CODES } from './couponSet.ts'
import { figureSet } from './figureSet.ts'
import { type HolderColumns, holderSet, loadHolders } from './holderSet.ts'
import { type ImportSet, type ImportsLoaded, importSet, loadImports, NO_IMPORTS } from './importSet.ts'
import { type JournalsLoaded, journalSet, loadJournals, NO_JOURNALS } from './journalSet.ts'
import { type LeasesLoaded, leaseSet, loadLeases, NO_LEASES } from './leaseSet.ts'
import { put } from './put.ts'
import { loadRedemptions, type RedemptionLoaded, redemptionSet } from './redemptionSet.ts'
import { usageSet } from './usageSet.ts'
import type { Wants } from './wants.ts'

/** The log that the change feed goes by: of each row its last change in the transaction. */
const CHANGES: Statement = {
  name: 'log_changes',
  text: `INSERT INTO holder_changes (change_seq, holder_id, acquisition_id, campaign_id, period)
    SELECT * FROM unnest($1::BIGINT[], $2::TEXT[], $3::TEXT[], $4::TEXT[], $5::TEXT[])`,
}

/** What the statements of `loads` answered, in their order. */
type Answer = readonly Row[]

export interface WorkingSet {
  /** What the rules read and write. */
  readonly rows: DecidingRows
  readonly imports: ImportSet
  /** Everything that they changed, in the order in which it has to be written. */
  writes(): readonly Call[]
}

/** The statements that load what is wanted, sent together after the locks were taken. */
export function loads(wants: Wants): readonly Call[] {
  const some = [loadAnswers(wants), loadJournals(wants), loadLeases(wants), loadCodes(wants), loadImports(wants)]
  // Campaigns' counters come with holders, as late as possible: they are not locked.
  return [loadRedemptions(wants), ...some.filter((call) => call !== null), loadHolders(wants)]
}

/** Makes a set of what `loads` brought. */
export function workingSet(wants: Wants, answers: readonly Answer[]): WorkingSet {
  const left = [...answers]
  /** The one row of the next answer; its columns are what the statement behind `of` lists. */
  const next = <Columns extends Row>(of: Call | null, none: Columns): Columns =>
    of === null ? none : ((left.shift()?.[0] ?? none) as Columns)
  const redemptionLoaded = left.shift()?.[0] as RedemptionLoaded
  const answersLoaded = next<AnswersLoaded>(loadAnswers(wants), NO_ANSWERS)
  const journalsLoaded = next<JournalsLoaded>(loadJournals(wants), NO_JOURNALS)
  const leasesLoaded = next<LeasesLoaded>(loadLeases(wants), NO_LEASES)
  const codesLoaded = next<CodesLoaded>(loadCodes(wants), NO_CODES)
  const importsLoaded = next<ImportsLoaded>(loadImports(wants), NO_IMPORTS)
  const holderLoaded = left.shift()?.[0] as HolderColumns

  const figures = figureSet()
  const holders = holderSet(wants, holderLoaded)
  const used = usageSet(wants, holderLoaded, holders.mustHave)
  const kept = redemptionSet(wants, redemptionLoaded, figures)
  const given = answerSet(wants, answersLoaded, redemptionLoaded, kept.mustHave)
  const disputed = conflictSet(wants, redemptionLoaded, kept.mustHave)
  const arrived = journalSet(wants, journalsLoaded)
  const lent = leaseSet(wants, leasesLoaded, arrived.isStation, used.usage.counters)
  const brought = couponSet(wants, codesLoaded, redemptionLoaded, {
    mustHaveRedemption: kept.mustHave,
    hasRedeemed: kept.hasRedeemed,
    setRevoked: holders.setRevoked,
    countIssued: used.countIssued,
  })

  const imports = importSet(wants, importsLoaded, used.issuedOf)

  return {
    imports,
    rows: {
      acquisitions: holders.acquisitions,
      requests: given.requests,
      codes: brought.codes,
      issued: brought.issued,
      usage: used.usage,
      media: holders.media,
      activity: holders.activity,
      redemptions: kept.redemptions,
      rollbacks: given.rollbacks,
      overuse: disputed.overuse,
      leases: lent.leases,
      settled: arrived.settled,
      journals: arrived.journals,
      conflicts: disputed.conflicts,
      notices: brought.notices,
      figures,
    },
    writes() {
      const changes = [
        ...holders
          .changed()
          .map(({ changeSeq, holderId, acquisitionId }) => [changeSeq, holderId, acquisitionId, null, null]),
        ...used
          .changed()
          .map(({ key: [holderId, campaignId, period], changeSeq }) => [changeSeq, holderId, null, campaignId, period]),
      ]
      return [
        ...holders.writes(),
        ...used.writes(),
        ...put(CHANGES, changes),
        ...kept.writes(),
        ...given.writes(),
        ...disputed.writes(),
        ...arrived.writes(),
        ...lent.writes(),
        ...brought.writes(),
        ...imports.writes(),
        // Where processes meet, last: nobody waits for it longer than for this commit.
        ...figures.writes(),
        ...used.lastWrites(),
      ]
    },
  }
}
