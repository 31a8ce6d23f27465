import { describe, expect, it } from 'vitest'
import { SETTINGS_VARIABLE, takeSettings } from '../../../electron/main/shellSettings.ts'

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
    const taken = takeSettings(env)
    expect(taken.ok && taken.value.windowed).toBe(false)
    expect(taken.ok && taken.value.counter.enrolCode).toBe('secret-code')
    expect(env).toEqual({ PATH: '/bin' })
  })

  it('names a wrong field and repeats no value', () => {
    const taken = takeSettings({
      [SETTINGS_VARIABLE]: JSON.stringify({ counter: { ...counter, serverUrl: 'secret' } }),
    })
    expect(taken).toEqual({ ok: false, problem: 'TAPCOUPON_ELECTRON has a wrong value in counter.serverUrl' })
  })

  it.each([[{}], [{ [SETTINGS_VARIABLE]: '{' }]])('refuses %o in a sentence', (env) => {
    const taken = takeSettings(env)
    expect(taken.ok).toBe(false)
    expect(taken.ok ? '' : taken.problem).toContain(SETTINGS_VARIABLE)
  })
})
