import { describe, expect, it } from 'vitest'
import { CounterSettings } from '../../../core/contract/counterSettings.ts'
import { StationSettings } from '../../../core/contract/stations.ts'
import { DevicesConfiguration } from '../../../core/readers/protocol.ts'
import type { Session } from '../../../counter/session/model.ts'
import { newSession } from '../../../counter/session/reducer.ts'
import { SettingsInForce, shownCategories, withinSettings } from '../../../counter/settingsInForce.ts'
import { newParts, STATION } from './counterParts.ts'

/** A counter's settings over a real journal, with a till that is where the test puts it. */
function rig() {
  const parts = newParts()
  const { journal } = parts.store
  let session: Session = { ...newSession('JPY', false), open: true }
  const set: boolean[] = []
  let configuration = DevicesConfiguration.parse({})
  const make = () =>
    new SettingsInForce({
      ...{ journal, events: parts.events, storageFailed: () => {}, journaled: () => {} },
      enrolment: { station: () => journal.station() },
      till: () => ({
        get session() {
          return session
        },
        dispatch: (event) => {
          if (event.type === 'oneTapSet') set.push(event.oneTap)
          return null
        },
      }),
      devices: {
        limit(limit) {
          configuration = limit(DevicesConfiguration.parse({}))
        },
      },
    })
  const office = (counter: object) =>
    void journal.recordStation({
      ...STATION,
      settings: StationSettings.parse({ counter: CounterSettings.parse(counter) }),
    })
  const journaled = () => journal.due(Number.MAX_SAFE_INTEGER, 100, 1e6).map(({ body }) => body)
  return {
    ...{ make, office, journaled, set },
    devices: () => configuration,
    visit: (visit: Session['visit']) => {
      session = { ...session, visit }
    },
  }
}

const CARD = { phase: 'reading', readerId: 'r' } as const

describe('settings', () => {
  it('of the office are in force between visits, and never in the middle of one', () => {
    const { make, office, journaled, visit, set } = rig()
    office({ version: '1', values: { volume: 80 } })
    const settings = make()
    visit(CARD)
    office({ version: '2', values: { volume: 20, oneTap: true } })
    settings.follow()
    expect(settings.values.volume).toBe(80)
    expect(settings.deskView().waits).toBe(true)
    visit({ phase: 'idle' })
    settings.follow()
    expect(settings.values.volume).toBe(20)
    expect(set).toEqual([true])
    expect(journaled()).toMatchObject([{ action: 'settings_in_force', version: '2', settings: ['volume', 'oneTap'] }])
  })

  it('change for the next customer where the last one’s outcome was left on the screen', () => {
    const { make, office, visit } = rig()
    office({ version: '1' })
    const settings = make()
    office({ version: '2', values: { slips: false } })
    visit({ phase: 'undone', redemptionId: 'r', certainty: 'confirmed', totalDiscount: 1 })
    settings.follow()
    expect(settings.values.slips).toBe(true)
    settings.beforeRead({ type: 'reading', readerId: 'r' })
    expect(settings.values.slips).toBe(false)
  })

  it('that are free may be chosen here, outlive a restart and the office’s changes, and are given back', () => {
    const { make, office, journaled } = rig()
    office({ version: '1', values: { volume: 80 } })
    expect(make().choose('volume', 30, 'boss')).toBeNull()
    office({ version: '2', values: { volume: 90 } })
    const again = make()
    expect(again.values.volume).toBe(30)
    expect(again.choose('volume', undefined, 'boss')).toBeNull()
    expect(again.values.volume).toBe(90)
    expect(journaled()).toMatchObject([
      { action: 'setting_chosen', setting: 'volume', value: 30, operatorId: 'boss' },
      { action: 'setting_returned', setting: 'volume', operatorId: 'boss' },
    ])
  })

  it('that the office fixes count as it has them, whatever was chosen here', () => {
    const { make, office } = rig()
    office({ version: '1' })
    const settings = make()
    settings.choose('oneTap', true, 'boss')
    office({ version: '2', fixed: ['oneTap', 'of a newer server'] })
    settings.follow()
    expect(settings.values.oneTap).toBe(false)
    expect(settings.isFixed('oneTap')).toBe(true)
    expect(settings.choose('oneTap', true, 'boss')).toMatchObject({ reason: 'operator_not_allowed' })
  })

  it('are refused where they make no sense', () => {
    const { make, office } = rig()
    office({ version: '1' })
    expect(make().choose('volume', 101, 'boss')).toMatchObject({ reason: 'invalid_request' })
    expect(make().choose('idleSeconds', 'long', 'boss')).toMatchObject({ reason: 'invalid_request' })
  })

  it('say which kinds of readers count and where slips go', () => {
    const { make, office, devices } = rig()
    const printer = { host: '192.0.2.7', port: 9100, columns: 42 }
    office({ version: '1', values: { readers: ['hid'], printer } })
    make()
    expect(devices()).toMatchObject({ pcsc: false, hid: true, wedge: false, printer: { columns: 42 } })
    const own = DevicesConfiguration.parse({ printer: { connection: { kind: 'file', path: '/dev/usb/lp0' } } })
    const usual = { readers: ['pcsc' as const], slips: true, printer: null }
    expect(withinSettings(own, usual).printer).toEqual(own.printer)
    expect(withinSettings(own, { ...usual, slips: false }).printer).toBeUndefined()
  })

  it('say which categories quick entry shows, in which order', () => {
    const all = ['food', 'drinks', 'flowers'].map((category) => ({ category, label: category, labels: {} }))
    const names = (wanted: string[] | null) => shownCategories(all, wanted).map(({ category }) => category)
    expect(names(null)).toEqual(['food', 'drinks', 'flowers'])
    expect(names(['flowers', 'gone', 'food'])).toEqual(['flowers', 'food'])
  })
})
