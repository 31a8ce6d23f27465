import { describe, expect, it } from 'vitest'
import { started } from './devicesInMemory.ts'

const barcode = { type: 'barcode', identifier: '0049012345' } as const

describe('the devices program', () => {
  it('runs what is configured and nothing else', async () => {
    const { configure, devices } = started()
    const said = await configure({ simulated: true })
    expect(said).toMatchObject([{ type: 'health', health: { readerId: 'simulated', state: 'ready' } }])
    await devices.stop()
  })

  it('passes a simulated medium on as a read', async () => {
    const { configure, command, devices } = started()
    await configure({ simulated: true })
    const said = await command({ type: 'simulate', medium: barcode })
    expect(said).toMatchObject([{ type: 'reading' }, { type: 'read', read: { medium: barcode, entry: 'scan' } }])
    await devices.stop()
  })

  it('takes a tap that follows its configuration at once', async () => {
    const { command, devices } = started()
    void command({ type: 'configure', configuration: { pcsc: false, hid: false, wedge: false, simulated: true } })
    const said = await command({ type: 'simulate', medium: barcode })
    expect(said.map(({ type }) => type)).toEqual(['health', 'reading', 'read'])
    await devices.stop()
  })

  it('hands keys to the wedge', async () => {
    const { configure, command, devices } = started()
    await configure({ wedge: true })
    const keys = [...'7700123'].map((digit, index) => ({
      code: `Digit${digit}`,
      key: digit,
      shift: false,
      ctrl: false,
      alt: false,
      atMs: index * 10,
    }))
    const said = await command({ type: 'wedgeKeys', keys })
    expect(said).toMatchObject([{ type: 'reading' }, { type: 'read', read: { readerId: 'wedge' } }])
    await devices.stop()
  })

  it('holds reads back while data events are off, for readers that come later too', async () => {
    const { configure, command, devices } = started()
    await command({ type: 'dataEventEnabled', enabled: false })
    await configure({ simulated: true })
    expect(await command({ type: 'simulate', medium: barcode })).toEqual([])
    await command({ type: 'dataEventEnabled', enabled: true })
    expect((await command({ type: 'simulate', medium: barcode })).map(({ type }) => type)).toEqual(['reading', 'read'])
    await devices.stop()
  })

  it('changes only what a new configuration changes', async () => {
    const { configure, devices, made } = started()
    const port = { path: '/dev/ttyTapcoupon', baudRate: 9_600, dataBits: 8, parity: 'none', stopBits: 1 } as const
    await configure({ simulated: true, wedge: true, serial: [port, port] })
    expect(made).toEqual(['simulated', 'wedge', expect.stringMatching(/^serial:/)])
    const said = await configure({ simulated: true, serial: [{ ...port, baudRate: 115_200 }] })
    expect(said).toContainEqual(
      expect.objectContaining({ health: expect.objectContaining({ readerId: 'wedge', state: 'absent' }) }),
    )
    expect(made).toHaveLength(4)
    expect(made[3]).toContain('115200')
    await devices.stop()
  })

  it.each([null, 'configure', { type: 'configure' }, { type: 'reboot' }, { type: 'wedgeKeys', keys: [{}] }])(
    'drops what is no command: %j',
    async (message) => {
      const { configure, command, devices } = started()
      await configure({ simulated: true })
      expect(await command(message)).toEqual([])
      expect(await command({ type: 'simulate', medium: barcode })).toHaveLength(2)
      await devices.stop()
    },
  )
})
