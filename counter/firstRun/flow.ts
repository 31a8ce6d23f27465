import type {
  FirstRunCautions,
  FirstRunProblem,
  FirstRunStation,
  FirstRunStep,
  FirstRunTrial,
} from '../../core/counter/firstRun.ts'
import { unreachable } from '../../core/outcome.ts'
import type { KeptSetup } from './setupFile.ts'

/** A machine on its way from its box to its first customer. The code that was read is in nothing but this memory. */
export interface Flow {
  readonly step: FirstRunStep
  readonly kept: KeptSetup
  /** By how the program was started; null: it is asked for. */
  readonly fixedAddress: string | null
  readonly enrolled: boolean
  readonly asking: boolean
  readonly problem: FirstRunProblem | null
  readonly cautions: FirstRunCautions
  readonly offer: { readonly code: string; readonly station: FirstRunStation } | null
  readonly trial: FirstRunTrial | null
  /** A manager came back to it. */
  readonly repeated: boolean
}

export type FlowEvent =
  | { readonly type: 'languageChosen'; readonly language: string }
  | { readonly type: 'asked' }
  | { readonly type: 'failed'; readonly problem: FirstRunProblem }
  /** A coupon server answers there. */
  | { readonly type: 'reached'; readonly address: string; readonly cautions: FirstRunCautions }
  | { readonly type: 'offered'; readonly code: string; readonly station: FirstRunStation }
  | { readonly type: 'enrolled'; readonly station: FirstRunStation }
  | { readonly type: 'wentTo'; readonly step: FirstRunStep }
  | { readonly type: 'readerAnswered'; readonly readerId: string }
  | { readonly type: 'readersDone' }
  | { readonly type: 'tapped'; readonly trial: Omit<FirstRunTrial, 'nth'> }
  | { readonly type: 'finished' }

export const NO_CAUTIONS: FirstRunCautions = { unprotected: false, clockOffMinutes: null }

/** As many as a machine has. */
const MOST_READERS = 64

/** Where a machine goes on that was set up as far as `kept` says. */
export function beginFlow(
  kept: KeptSetup,
  { fixedAddress, enrolled }: Pick<Flow, 'fixedAddress' | 'enrolled'>,
  problem: FirstRunProblem | null = null,
): Flow {
  const flow = { kept, fixedAddress, enrolled, problem, repeated: false, asking: false }
  return { ...flow, step: firstOpenStep(flow), cautions: NO_CAUTIONS, offer: null, trial: null }
}

export const addressOf = ({ fixedAddress, kept }: Pick<Flow, 'fixedAddress' | 'kept'>): string | null =>
  fixedAddress ?? kept.serverUrl

function firstOpenStep(flow: Pick<Flow, 'kept' | 'fixedAddress' | 'enrolled'>): FirstRunStep {
  if (flow.enrolled) return flow.kept.readersDone ? 'test' : 'readers'
  if (flow.kept.language === null) return 'language'
  return addressOf(flow) === null ? 'server' : 'code'
}

/** Steps that a person may go to from here: those that are behind, and may be done once more. */
export function openSteps(flow: Flow): readonly FirstRunStep[] {
  const server: FirstRunStep[] = flow.fixedAddress === null ? ['server'] : []
  if (flow.enrolled)
    return [
      'language',
      ...(flow.repeated ? server : []),
      'readers',
      ...(flow.kept.readersDone ? (['test'] as const) : []),
    ]
  return ['language', ...server, ...(addressOf(flow) === null ? [] : (['code'] as const))]
}

/** The next moment of a set-up. An event that does not belong where the machine is changes nothing. */
export function flowAfter(flow: Flow, event: FlowEvent): Flow {
  switch (event.type) {
    case 'languageChosen': {
      const kept = { ...flow.kept, language: event.language }
      // Whoever came back to it looks at it in the new language.
      const problem = flow.problem?.code === 'station_revoked' ? flow.problem : null
      return { ...flow, kept, problem, step: flow.repeated ? flow.step : firstOpenStep({ ...flow, kept }) }
    }
    case 'asked':
      return { ...flow, asking: true, problem: null }
    case 'failed':
      return { ...flow, asking: false, problem: event.problem }
    case 'reached': {
      const kept = { ...flow.kept, serverUrl: event.address }
      const { cautions } = event
      const at = { ...flow, kept, cautions, asking: false, problem: null }
      return flow.enrolled ? at : { ...at, step: 'code', offer: null }
    }
    case 'offered':
      if (flow.enrolled) return flow
      return {
        ...flow,
        step: 'confirm',
        asking: false,
        problem: null,
        offer: { code: event.code, station: event.station },
      }
    case 'enrolled': {
      const kept = { ...flow.kept, station: event.station, answered: [], readersDone: false, finished: false }
      return { ...flow, kept, enrolled: true, step: 'readers', asking: false, problem: null, offer: null }
    }
    case 'wentTo':
      if (!openSteps(flow).includes(event.step)) return flow
      return { ...flow, step: event.step, problem: null, offer: null, trial: null }
    case 'readerAnswered': {
      const { answered } = flow.kept
      if (answered.includes(event.readerId) || answered.length >= MOST_READERS) return flow
      return { ...flow, kept: { ...flow.kept, answered: [...answered, event.readerId] } }
    }
    case 'readersDone':
      if (!flow.enrolled) return flow
      return { ...flow, kept: { ...flow.kept, readersDone: true }, step: 'test', trial: null }
    case 'tapped':
      if (flow.step !== 'test') return flow
      return { ...flow, trial: { ...event.trial, nth: (flow.trial?.nth ?? 0) + 1 } }
    case 'finished':
      return { ...flow, kept: { ...flow.kept, finished: true } }
    default:
      return unreachable(event)
  }
}
