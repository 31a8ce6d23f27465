import { arch, cpus, freemem, platform, release, totalmem, uptime } from 'node:os'
import { CONTRACT_VERSION, PROGRAM_VERSION } from '../../core/contract/version.ts'
import type { ShellView } from '../../core/counter/shellView.ts'
import type { CounterState } from '../../core/counter/state.ts'
import { isKnownReason } from '../../core/reasonCodes.ts'
import type { Journal } from '../store/counterStore.ts'

const NEWEST_EVENTS = 500

/** The part of the state that diagnostics are made from. */
export type Diagnosed = Pick<
  CounterState,
  | 'enrolment'
  | 'connection'
  | 'clock'
  | 'replica'
  | 'waiting'
  | 'readers'
  | 'settings'
  | 'notices'
  | 'offline'
  | 'pos'
  | 'leases'
>

export interface DiagnosticsParts {
  readonly state: Diagnosed
  readonly journal: Pick<
    Journal,
    'eventRows' | 'eventCounts' | 'queue' | 'backlog' | 'posAccesses' | 'station' | 'turnedAway'
  >
  readonly shell: ShellView | undefined
  /** Epoch milliseconds. */
  readonly at: number
}

/**
 * What support needs to understand a counter, as JSON in which nobody is named: no medium, no customer, no person, no token, no
 * key, no basket and no free text. It is put together from named fields alone; whatever else a record holds stays out.
 * People and readers are numbered in the order in which they appear.
 */
export function diagnostics({ state, journal, shell, at }: DiagnosticsParts): string {
  const person = numbering('person')
  const reader = numbering('reader')
  const { enrolment, connection, clock, replica, waiting, offline, pos, notices, settings, leases } = state
  const station = journal.station()
  const {
    offline: offlineSettings,
    counter,
    undoWindowSeconds,
    acceptNonUniqueUids,
    membershipRules,
  } = station?.settings ?? {}
  const bundle = {
    format: 'tapcoupon-diagnostics',
    version: 1,
    at: new Date(at).toISOString(),
    program: {
      version: PROGRAM_VERSION,
      contract: CONTRACT_VERSION,
      node: process.versions.node,
      shell: shell ?? null,
    },
    machine: {
      platform: platform(),
      release: release(),
      arch: arch(),
      cpus: cpus().length,
      memory: { total: totalmem(), free: freemem() },
      uptimeSeconds: Math.round(uptime()),
    },
    process: { memory: process.memoryUsage(), uptimeSeconds: Math.round(process.uptime()) },
    station: {
      status: enrolment.status,
      stationId: station?.stationId ?? null,
      storeId: station?.store.storeId ?? null,
      timeZone: station?.store.timeZone ?? null,
      currency: station?.store.currency ?? null,
      role: station?.role ?? null,
      turnedAway: journal.turnedAway(),
      settings: {
        offline: offlineSettings ?? null,
        counter: counter ? { version: counter.version, fixed: counter.fixed } : null,
        oneTapNow: settings.oneTap,
        undoWindowSeconds: undoWindowSeconds ?? null,
        acceptNonUniqueUids: acceptNonUniqueUids ?? null,
        membershipRules: membershipRules?.length ?? 0,
      },
    },
    connection,
    clock,
    replica,
    waiting,
    offline: {
      ...offline,
      overrides: offline.overrides.map(({ kind, until, raisePercent }) => ({ kind, until, raisePercent })),
    },
    leases: leases.map(({ campaignId, usesLeft, valueLeft }) => ({ campaignId, usesLeft, valueLeft })),
    readers: state.readers.map(({ readerId, transport, state: health, capabilities }) => ({
      reader: reader(readerId),
      transport,
      health,
      capabilities,
    })),
    pos: {
      present: pos?.present ?? null,
      letIn: journal
        .posAccesses()
        .map(({ madeAt, revokedAt, origins }) => ({ madeAt, revokedAt, origins: origins.length })),
    },
    notices: notices.map(({ code, at: shownAt }) => ({ code, at: shownAt })),
    journal: {
      ...journal.eventCounts(),
      backlog: journal.backlog(),
      queue: journal
        .queue(NEWEST_EVENTS)
        .rows.map(({ seq, type, state: queued, at: happened, value, attempts, nextTryAt, reason }) => ({
          seq,
          type,
          state: queued,
          at: happened,
          value,
          attempts,
          nextTryAt,
          reason: codeOf(reason),
        })),
      newest: journal.eventRows(null, { types: [] }, NEWEST_EVENTS).map((row) => ({
        seq: row.seq,
        at: row.at,
        type: row.type,
        action: codeOf(row.action),
        by: row.operatorId === null ? null : person(row.operatorId),
        redemptionId: row.redemptionId,
        mediumType: row.mediumType,
        discount: row.discount,
        reason: codeOf(row.reason),
        fate: row.fate,
      })),
    },
  }
  return `${JSON.stringify(bundle, null, 2)}\n`
}

/** A reason of ours or an action's name; what a person typed is not told. */
function codeOf(text: string | null): string | null {
  if (text === null) return null
  return isKnownReason(text) || /^[a-z]+(_[a-z]+){1,5}$/.test(text) ? text : '(typed)'
}

/** The same number for the same id, and nothing of the id in it. */
function numbering(word: string): (id: string) => string {
  const numbers = new Map<string, number>()
  return (id) => {
    const number = numbers.get(id) ?? numbers.size + 1
    numbers.set(id, number)
    return `${word} ${number}`
  }
}
