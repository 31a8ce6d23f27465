import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { SETTINGS_VARIABLE, settingsPath, takeSettings } from '../../../electron/main/shellSettings.ts'

const counter = {
  serverUrl: 'http://127.0.0.1:8080',
  dataDir: '/data',
  simulator: true,
  enrolCode: 'secret-code',
  devicesConfiguration: {},
}

describe('takeSettings', () => {
  it('reads the settings and takes them out of the environment', () => {
    const env = { [SETTINGS_VARIABLE]: JSON.stringify({ counter }), PATH: '/bin' }
    const taken = takeSettings(env, '/home/till')
    expect(taken.ok && taken.value.windowed).toBe(false)
    expect(taken.ok && taken.value.counter.enrolCode).toBe('secret-code')
    expect(env).toEqual({ PATH: '/bin' })
  })

  it('names a wrong field and repeats no value', () => {
    const taken = takeSettings(
      { [SETTINGS_VARIABLE]: JSON.stringify({ counter: { ...counter, serverUrl: 'secret' } }) },
      '/home/till',
    )
    expect(taken).toEqual({ ok: false, problem: 'TAPCOUPON_ELECTRON has a wrong value in counter.serverUrl' })
  })

  it.each([[{ [SETTINGS_VARIABLE]: '' }], [{ [SETTINGS_VARIABLE]: '{' }]])('refuses %o in a sentence', (env) => {
    const taken = takeSettings(env, '/home/till')
    expect(taken.ok).toBe(false)
    expect(taken.ok ? '' : taken.problem).toContain(SETTINGS_VARIABLE)
  })
})

describe('the settings file of an installed copy', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tapcoupon-settings-'))
  const path = join(folder, 'counter.json')
  afterAll(() => rmSync(folder, { recursive: true }))
  const from = (content: string) => {
    writeFileSync(path, content)
    return takeSettings({ TAPCOUPON_SETTINGS: path }, '/home/till')
  }

  it('needs nothing but the server: real readers, a kiosk, updates at night, data in the home folder', () => {
    expect(from('{"server": "https://coupons.example/"}')).toEqual({
      ok: true,
      value: {
        counter: {
          serverUrl: 'https://coupons.example',
          dataDir: join('/home/till', 'counter'),
          simulator: false,
          devicesConfiguration: expect.objectContaining({ pcsc: true, hid: true, wedge: true, simulated: false }),
        },
        windowed: false,
        updates: { from: '02:00', until: '05:00' },
      },
    })
  })

  it.each([
    ['{"server": "ftp://coupons.example"}', 'server'],
    ['{"server": "https://coupons.example", "kiosk": false}', '(all)'],
    ['{"server": "https://coupons.example", "updates": {"from": "2am", "until": "05:00"}}', 'updates.from'],
  ])('with %s is refused by the name of the field', (content, field) => {
    expect(from(content)).toEqual({ ok: false, problem: `${path} has a wrong value in ${field}` })
  })

  it('that is missing, or names no server, leaves that to whoever sets the machine up', () => {
    const missing = takeSettings({ TAPCOUPON_SETTINGS: join(folder, 'none.json') }, '/home/till')
    for (const taken of [missing, from('{}')]) {
      expect(taken.ok && taken.value.counter).toMatchObject({ dataDir: join('/home/till', 'counter') })
      expect(taken.ok && taken.value.counter).not.toHaveProperty('serverUrl')
    }
  })

  it('that cannot be read is named', () => {
    expect(takeSettings({ TAPCOUPON_SETTINGS: folder }, '/home/till')).toEqual({
      ok: false,
      problem: `the settings at ${folder} cannot be read`,
    })
  })

  it('is where administrators of each system look', () => {
    expect(settingsPath('linux', {})).toBe('/etc/tapcoupon/counter.json')
    expect(settingsPath('win32', { ProgramData: 'D:\\Data' })).toBe('D:\\Data\\Tapcoupon\\counter.json')
    expect(settingsPath('darwin', {})).toContain('/Library/Application Support/Tapcoupon')
  })
})
