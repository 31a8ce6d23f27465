import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FIRST_RUN_STEPS } from '../../../../core/counter/firstRun.ts'
import {
  addressOf,
  beginFlow,
  type Flow,
  type FlowEvent,
  flowAfter,
  NO_CAUTIONS,
  openSteps,
} from '../../../../counter/firstRun/flow.ts'
import { KeptSetup, NOTHING_KEPT } from '../../../../counter/firstRun/setupFile.ts'

const STATION = { stationName: 'Lane 3', storeName: 'North', role: 'counter' } as const
const SERVER = 'https://coupons.example'
const TRIAL = { readerId: 'r', total: 1_000, usable: [], unusable: [], best: [] }
const NEW = beginFlow(NOTHING_KEPT, { fixedAddress: null, enrolled: false })

const following = (flow: Flow, ...events: FlowEvent[]) => events.reduce(flowAfter, flow)
const reached = { type: 'reached', address: SERVER, cautions: NO_CAUTIONS } as const
const offered = { type: 'offered', code: 'CODE', station: STATION } as const
const enrolled = { type: 'enrolled', station: STATION } as const
const ENROLLED = following(NEW, { type: 'languageChosen', language: 'ja' }, reached, offered, enrolled)

describe('a new machine', () => {
  it('goes from language to server to code to confirmation to readers to a test', () => {
    const steps = [
      NEW,
      following(NEW, { type: 'languageChosen', language: 'ja' }),
      following(NEW, { type: 'languageChosen', language: 'ja' }, reached),
      following(NEW, { type: 'languageChosen', language: 'ja' }, reached, offered),
      ENROLLED,
      following(ENROLLED, { type: 'readersDone' }),
    ].map(({ step }) => step)
    expect(steps).toEqual(FIRST_RUN_STEPS)
  })

  it('whose program was started with a server is not asked for it', () => {
    const flow = beginFlow(NOTHING_KEPT, { fixedAddress: SERVER, enrolled: false })
    expect(following(flow, { type: 'languageChosen', language: 'de' }).step).toBe('code')
    expect(openSteps(flow)).not.toContain('server')
  })

  it('that scans the office’s QR code at once is asked whether it is right, wherever it was', () => {
    expect(following(NEW, reached, offered)).toMatchObject({ step: 'confirm', kept: { serverUrl: SERVER } })
  })

  it('that is told no goes back to the code, and has forgotten the one before', () => {
    const declined = following(NEW, { type: 'languageChosen', language: 'en' }, reached, offered, {
      type: 'wentTo',
      step: 'code',
    })
    expect(declined).toMatchObject({ step: 'code', offer: null })
  })

  it('keeps a problem until something else is tried', () => {
    const problem = { code: 'server_unreachable', host: 'coupons.example' } as const
    const failed = following(NEW, { type: 'asked' }, { type: 'failed', problem })
    expect(failed).toMatchObject({ asking: false, problem, step: 'language' })
    expect(following(failed, { type: 'asked' })).toMatchObject({ asking: true, problem: null })
  })

  it('counts a reader once, and test taps one by one, only at the test', () => {
    const twice = following(
      ENROLLED,
      { type: 'readerAnswered', readerId: 'r' },
      { type: 'readerAnswered', readerId: 'r' },
    )
    expect(twice.kept.answered).toEqual(['r'])
    const tapped = { type: 'tapped', trial: TRIAL } as const
    expect(following(ENROLLED, tapped).trial).toBeNull()
    expect(following(ENROLLED, { type: 'readersDone' }, tapped, tapped).trial?.nth).toBe(2)
  })
})

const events = fc.oneof<fc.Arbitrary<FlowEvent>[]>(
  fc.constantFrom('en', 'ja').map((language) => ({ type: 'languageChosen', language })),
  fc.constant({ type: 'asked' }),
  fc.constant({ type: 'failed', problem: { code: 'refused', host: null } }),
  fc.constant(reached),
  fc.constant(offered),
  fc.constantFrom(...FIRST_RUN_STEPS).map((step) => ({ type: 'wentTo', step })),
  fc.constant({ type: 'readerAnswered', readerId: 'r' }),
  fc.constant({ type: 'readersDone' }),
  fc.constant({ type: 'tapped', trial: TRIAL }),
)
const fixed = fc.constantFrom(null, SERVER)

describe('whatever happens', () => {
  it('no step is shown whose turn it cannot be', () => {
    fc.assert(
      fc.property(fixed, fc.boolean(), fc.array(events), (fixedAddress, enrolled, happened) => {
        for (const length of happened.keys()) {
          const flow = following(beginFlow(NOTHING_KEPT, { fixedAddress, enrolled }), ...happened.slice(0, length + 1))
          const { step, offer } = flow
          if (step === 'confirm') expect(offer).not.toBeNull()
          if (step === 'code') expect(addressOf(flow)).not.toBeNull()
          expect(['readers', 'test'].includes(step) ? flow.enrolled : true).toBe(true)
          if (flow.enrolled) expect(['code', 'confirm']).not.toContain(step)
        }
      }),
    )
  })

  it('a machine that lost power goes on no earlier than what is kept, and the code is in none of it', () => {
    fc.assert(
      fc.property(fixed, fc.boolean(), fc.array(events), (fixedAddress, enrolled, happened) => {
        const flow = following(beginFlow(NOTHING_KEPT, { fixedAddress, enrolled }), ...happened)
        const text = JSON.stringify(flow.kept)
        expect(text).not.toContain('CODE')
        const again = beginFlow(KeptSetup.parse(JSON.parse(text)), { fixedAddress, enrolled })
        expect(again.kept).toEqual(flow.kept)
        expect(again.step).toBe(
          enrolled
            ? flow.kept.readersDone
              ? 'test'
              : 'readers'
            : flow.kept.language === null
              ? 'language'
              : addressOf(flow) === null
                ? 'server'
                : 'code',
        )
      }),
    )
  })
})
