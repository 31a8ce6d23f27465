import { describe, expect, it } from 'vitest'
import { WEDGE_CALIBRATION_TEXT } from '../../../core/readers/calibration.ts'
import { wedgeKeys } from '../../contract/wedgeKeys.ts'
import { started } from './devicesInMemory.ts'

/** Native modules are loaded, on a machine that may have other things to do. */
const PATIENT = { timeout: 20_000 }

const barcode = { type: 'barcode', identifier: '0049012345' } as const

describe('a reader under test', () => {
  it('tells support the shape of what it read, and no customer', async () => {
    const { configure, command, devices } = started()
    await configure({ wedge: true })
    await command({ type: 'dataEventEnabled', enabled: false })
    await command({ type: 'test', readerId: 'wedge' })
    const said = await command({ type: 'wedgeKeys', keys: wedgeKeys(']C0AB-0049012345\n') })
    expect(said).toMatchObject([
      {
        type: 'raw',
        raw: { readerId: 'wedge', text: ']A9AA-9999999999', symbology: 'code128', mediumType: 'barcode' },
      },
    ])
    expect(JSON.stringify(said)).not.toMatch(/0049012345|Digit4|KeyA/)
    await command({ type: 'test', readerId: null })
    await command({ type: 'dataEventEnabled', enabled: true })
    expect((await command({ type: 'wedgeKeys', keys: wedgeKeys('0049012345\n') })).map(({ type }) => type)).toEqual([
      'reading',
      'read',
    ])
    await devices.stop()
  })

  it('says why a presentation would have failed', async () => {
    const { configure, command, devices } = started()
    await configure({ simulated: true })
    await command({ type: 'test', readerId: 'simulated' })
    expect(await command({ type: 'simulate', medium: barcode, fault: 'unstable' })).toMatchObject([
      { type: 'raw', raw: { readerId: 'simulated', reason: 'medium_unstable' } },
    ])
    await devices.stop()
  })

  it('leaves the other readers to the customers', async () => {
    const { configure, command, devices } = started()
    await configure({ simulated: true, wedge: true })
    await command({ type: 'test', readerId: 'wedge' })
    expect((await command({ type: 'simulate', medium: barcode })).map(({ type }) => type)).toEqual(['reading', 'read'])
    await devices.stop()
  })
})

describe('a manager', () => {
  it('finds out which reader it is by presenting something to it, which is no customer', async () => {
    const { configure, command, devices } = started()
    await configure({ simulated: true, wedge: true })
    await command({ type: 'identify', enabled: true })
    expect(await command({ type: 'simulate', medium: barcode })).toEqual([
      { type: 'identified', readerId: 'simulated' },
    ])
    expect((await command({ type: 'wedgeKeys', keys: wedgeKeys('0049012345\n') })).map(({ type }) => type)).toEqual([
      'reading',
      'read',
    ])
    await devices.stop()
  })

  it('names a reader, and its health is told under that name from then on', async () => {
    const { configure, devices } = started()
    await configure({ simulated: true })
    const said = await configure({ simulated: true, names: { simulated: 'Left lane' } })
    expect(said).toMatchObject([
      { type: 'health', health: { readerId: 'simulated', name: 'Left lane', state: 'ready' } },
    ])
    await devices.stop()
  })

  it('switches a reader off, and on again', async () => {
    const { configure, command, devices } = started()
    await configure({ wedge: true })
    const off = await configure({ wedge: true, disabled: ['wedge'] })
    expect(off).toMatchObject([{ health: { readerId: 'wedge', state: 'absent', code: 'disabled' } }])
    expect(await command({ type: 'wedgeKeys', keys: wedgeKeys('0049012345\n') })).toEqual([])
    expect(await configure({ wedge: true })).toMatchObject([{ health: { readerId: 'wedge', state: 'ready' } }])
    await devices.stop()
  })

  it.each([
    [WEDGE_CALIBRATION_TEXT, true],
    [WEDGE_CALIBRATION_TEXT.replace('\u001d', ''), false],
  ])('calibrates the wedge with %j', async (text, gs) => {
    const { configure, command, devices } = started()
    await configure({ wedge: true })
    await command({ type: 'calibrateWedge', enabled: true })
    expect(await command({ type: 'wedgeKeys', keys: wedgeKeys(`${text}\n`) })).toEqual([
      { type: 'calibrated', layout: 'us', gs },
    ])
    await devices.stop()
  })

  it('is told when what was scanned was not the calibration code', async () => {
    const { configure, command, devices } = started()
    await configure({ wedge: true })
    await command({ type: 'calibrateWedge', enabled: true })
    expect(await command({ type: 'wedgeKeys', keys: wedgeKeys('0049012345\n') })).toEqual([
      { type: 'calibrated', layout: null, gs: false },
    ])
    await devices.stop()
  })

  it('gets a list of ports, and no preset for a port that is not there', { timeout: 30_000 }, async () => {
    const { configure, command, devices, saidAll } = started()
    await configure({})
    await command({ type: 'listPorts' })
    await command({ type: 'detectSerial', path: '/dev/ttyTapcoupon' })
    await expect
      .poll(() => saidAll().find(({ type }) => type === 'ports'), PATIENT)
      .toMatchObject({ ports: expect.any(Array) })
    await expect
      .poll(() => saidAll().find(({ type }) => type === 'serialDetected'), PATIENT)
      .toEqual({ type: 'serialDetected', path: '/dev/ttyTapcoupon', preset: null })
    await devices.stop()
  })

  it('is told that a reader has no lights', async () => {
    const { configure, command, devices } = started()
    await configure({ simulated: true })
    expect(await command({ type: 'indicate', readerId: 'simulated', outcome: 'accepted' })).toEqual([
      { type: 'indicated', readerId: 'simulated', done: false },
    ])
    await devices.stop()
  })
})

describe('autoDisable', () => {
  it('lets one read through; the next waits until the counter is ready for another customer', async () => {
    const { configure, command, devices } = started()
    await configure({ simulated: true, wedge: true })
    await command({ type: 'dataEventEnabled', enabled: true, autoDisable: true })
    const first = await command({ type: 'wedgeKeys', keys: wedgeKeys('11112222\n33334444\n') })
    expect(first.filter(({ type }) => type === 'read')).toHaveLength(1)
    expect(await command({ type: 'simulate', medium: barcode })).toEqual([])
    await command({ type: 'dataEventEnabled', enabled: true, autoDisable: true })
    expect((await command({ type: 'simulate', medium: barcode })).map(({ type }) => type)).toEqual(['reading', 'read'])
    await devices.stop()
  })

  it('does not end with a failure: the same customer tries again', async () => {
    const { configure, command, devices } = started()
    await configure({ simulated: true })
    await command({ type: 'dataEventEnabled', enabled: true, autoDisable: true })
    await command({ type: 'simulate', medium: barcode, fault: 'unreadable' })
    expect((await command({ type: 'simulate', medium: barcode })).map(({ type }) => type)).toEqual(['reading', 'read'])
    await devices.stop()
  })
})
