import type { MediumKey } from '../../../core/media/medium.ts'
import type { ArrivedEvent } from '../../events/arrivedEvent.ts'
import { sha256 } from '../../system.ts'
import type { DecisionCommand, PresentedMedium, StationContext } from '../commands.ts'
import type { HolderSeed, SearchQuery } from '../couponStore.ts'
import { conflictIdOf } from '../deciding/conflicts.ts'
import { periodAt } from '../deciding/countedPeriod.ts'
import { newcomer, rowId } from '../deciding/importing.ts'
import type { ImportRowsCommand } from '../registrationCommands.ts'
import type { Wants } from './wants.ts'

const PERIODS = ['day', 'week', 'month'] as const

/**
 * What a command will ask for, as far as can be told before: what is forgotten here costs a second round, no more. Adds to
 * `wants`; returns how many changes it will probably make.
 */
export function wantForCommand(wants: Wants, command: DecisionCommand, now: number): number {
  switch (command.kind) {
    case 'redeem': {
      const { request, medium, station } = command
      wants.redemptions.add(request.redemptionId)
      wantMedium(wants, medium)
      wantAt(wants, station, now)
      // A use, two counts, a notice, and that the holder was there today.
      return 5
    }
    case 'acquire': {
      const { request, medium, station, code } = command
      wantKeys(wants.codes, code)
      wants.requests.add(request.acquisitionId)
      wants.acquisitions.add(request.acquisitionId)
      wantMedium(wants, medium)
      wantAt(wants, station, now)
      if (request.campaignId !== undefined) wants.campaigns.add(request.campaignId)
      return 5
    }
    case 'give': {
      const { request, holderId, code } = command
      wants.requests.add(request.acquisitionId)
      wants.acquisitions.add(request.acquisitionId)
      wants.holders.add(holderId)
      wantKeys(wants.codes, code)
      if (request.campaignId !== undefined) wants.campaigns.add(request.campaignId)
      return 5
    }
    case 'rollback': {
      const { redemptionId, request, by } = command
      wants.redemptions.add(redemptionId)
      wants.rollbacks.add(request.rollbackId)
      if (request.operatorId !== undefined) wants.operators.add(request.operatorId)
      if (by.kind === 'station') wantAt(wants, by.station, now)
      return 4
    }
  }
}

/** The same for an event of a station's journal. */
export function wantForEvent(wants: Wants, station: StationContext, event: ArrivedEvent): number {
  const { seq, id, redacted } = event
  if (seq !== null) for (const near of [seq - 1, seq, seq + 1]) wants.seqs.add(near)
  if (id !== null) wants.events.add(id)
  const about = { stationId: station.stationId, eventId: id, redemptionId: null, acquisitionId: null }
  for (const digest of [null, sha256(Buffer.from(redacted, 'utf8'))]) {
    wants.conflicts.add(conflictIdOf({ ...about, kind: 'quarantined', digest }))
  }
  if (event.kind !== 'read') return 1
  switch (event.content.kind) {
    case 'redemption': {
      const { body, medium } = event.content
      const { redemptionId } = body
      wants.redemptions.add(redemptionId)
      if (medium) wantMedium(wants, medium)
      wantAt(wants, station, event.decidedAt)
      for (const { acquisitionId, leaseId } of body.lines) {
        wants.acquisitions.add(acquisitionId)
        if (leaseId) wants.leases.add(leaseId)
        wants.conflicts.add(conflictIdOf({ ...about, kind: 'forced', digest: null, redemptionId, acquisitionId }))
      }
      return 2 + 2 * body.lines.length
    }
    case 'annul':
      wants.redemptions.add(event.content.body.redemptionId)
      return 3
    case 'record':
    case 'bad':
      return 1
  }
}

/** The same for a search, which changes nothing. */
export function wantForSearch(wants: Wants, { medium, station, now }: SearchQuery): void {
  wantMedium(wants, medium)
  wantAt(wants, station, now)
}

/** The same for a holder that is registered with media and coupons. */
export function wantForSeed(wants: Wants, { holderId, media, acquisitions }: HolderSeed): number {
  wants.holders.add(holderId)
  for (const { medium } of media) wantMedium(wants, medium)
  for (const { acquisitionId, campaignId } of acquisitions) {
    wants.acquisitions.add(acquisitionId)
    wants.campaigns.add(campaignId)
  }
  return media.length + 2 * acquisitions.length + 1
}

/** The same for a part of a list. */
export function wantForPart(wants: Wants, { importId, firstRow, rows }: ImportRowsCommand): number {
  wants.imports.add(importId)
  for (const [index, row] of rows.entries()) {
    if (!row.ok) continue
    const { campaignId, to } = row
    wants.campaigns.add(campaignId)
    wants.acquisitions.add(rowId(importId, firstRow + index))
    for (const tried of [campaignId, `${newcomer(to)} ${campaignId}`]) wants.tries.add(tried)
    if ('holderId' in to) wants.holders.add(to.holderId)
    else wantMedium(wants, to.medium)
  }
  return 4 * rows.length
}

function wantMedium(wants: Wants, medium: PresentedMedium): void {
  if (medium.ok) wantKeys(wants.media, medium.value.keys)
}

function wantKeys(set: Set<string>, keys: readonly MediumKey[] = []): void {
  for (const { v, key } of keys) set.add(`${v}:${key}`)
}

function wantAt(wants: Wants, { store }: StationContext, at: number): void {
  wants.stores.add(store.storeId)
  for (const period of PERIODS) wants.periods.add(periodAt(period, at, store))
}
