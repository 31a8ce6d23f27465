import { describe, expect, it } from 'vitest'
import { readersReport } from '../../../bin/readersReport.ts'
import type { DevicesMessage } from '../../../core/readers/protocol.ts'
import type { ReaderHealth } from '../../../core/readers/reader.ts'

const READ: DevicesMessage = {
  type: 'read',
  read: {
    readId: '01938f7e-0000-7000-8000-000000000001',
    readerId: '0c2e:0b61:S1',
    medium: { type: 'barcode', identifier: '4901234567894' },
    entry: 'scan',
    scan: { symbology: 'ean13', by: 'aim', gtin: '04901234567894' },
    readAt: 0,
  },
}

const health = (changes: Partial<ReaderHealth>): DevicesMessage => ({
  type: 'health',
  health: { readerId: '0c2e:0b61:S1', transport: 'hid', name: 'Voyager', state: 'ready', ...changes },
})

function told(json: boolean, ...messages: DevicesMessage[]) {
  const lines: string[] = []
  const report = readersReport({ json, say: (line) => void lines.push(line) })
  for (const message of messages) report.received(message)
  report.summary()
  return { lines, text: lines.join('\n'), usable: report.usable() }
}

describe('the report of the readers', () => {
  it('tells each reader, where it is, and what to do about one that cannot be used', () => {
    const { text, usable } = told(
      false,
      health({ portPath: 'usb 1-1.2', model: 'Honeywell' }),
      health({
        readerId: '/dev/ttyACM0',
        transport: 'serial',
        state: 'denied',
        code: 'permission_denied',
        fix: 'sudo x',
      }),
    )
    expect(text).toContain('ready    hid    Voyager (Honeywell, usb 1-1.2)')
    expect(text).toContain('id 0c2e:0b61:S1')
    expect(text).toContain('[permission_denied]')
    expect(text).toContain('sudo x')
    expect(usable).toBe(false)
  })

  it('is content with readers that work, and with none', () => {
    expect(told(false, health({})).usable).toBe(true)
    expect(told(false, health({ state: 'absent' }))).toMatchObject({ usable: true })
    expect(told(false).text).toContain('no card reader or scanner')
  })

  it('names the command for ports that this user may not open', () => {
    const fix = 'sudo usermod -aG dialout till, then sign in again.'
    const port = { path: '/dev/ttyUSB0', name: 'FTDI', accessible: false, fix }
    expect(told(false, { type: 'ports', ports: [port] }).text).toContain(fix)
  })

  it.each([false, true])('never says whose code was read (json: %s)', (json) => {
    const { text } = told(json, READ)
    expect(text).toContain('ean13')
    expect(text).toContain('13')
    expect(text).not.toContain('4901234567894')
  })
})
