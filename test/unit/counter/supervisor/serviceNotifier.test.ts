import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { serviceNotifier } from '../../../../counter/supervisor/serviceNotifier.ts'

function notifier(env: NodeJS.ProcessEnv) {
  const said: (readonly string[])[] = []
  return { env, said, notifier: serviceNotifier(env, (args) => said.push(args)) }
}

describe('under systemd', () => {
  it('the service is ready once, when the screen first speaks', () => {
    const { said, notifier: service } = notifier({ NOTIFY_SOCKET: '/run/n' })
    service.ready()
    service.ready()
    expect(said).toHaveLength(1)
    expect(said[0]).toContain('--ready')
  })

  it('beats three times within what the watchdog allows', () => {
    const { said, notifier: service } = notifier({ NOTIFY_SOCKET: '/run/n', WATCHDOG_USEC: '60000000' })
    expect(service.beatEveryMs).toBe(20_000)
    service.beat()
    expect(said).toEqual([['WATCHDOG=1']])
  })

  it('leaves no child the means to speak in its name', () => {
    const env: NodeJS.ProcessEnv = { PATH: '/bin', NOTIFY_SOCKET: '/run/n', WATCHDOG_USEC: '1', WATCHDOG_PID: '2' }
    notifier(env)
    expect(env).toEqual({ PATH: '/bin' })
  })

  it('says that it ends', () => {
    const { said, notifier: service } = notifier({ NOTIFY_SOCKET: '/run/n' })
    service.stopping()
    expect(said).toEqual([['STOPPING=1']])
  })
})

describe('on its own', () => {
  it.each([{}, { WATCHDOG_USEC: '60000000' }])('says nothing to nobody: %o', (env) => {
    const { said, notifier: service } = notifier(env)
    expect(service.beatEveryMs).toBeNull()
    service.ready()
    service.stopping()
    expect(said).toEqual([])
  })
})

describe('the program that carries it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tapcoupon-notify-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  it.runIf(process.platform === 'linux')('is systemd-notify, with its socket and nothing else of ours', async () => {
    const said = join(folder, 'said')
    writeFileSync(join(folder, 'systemd-notify'), `#!/bin/sh\necho "$@" "$NOTIFY_SOCKET" "$SECRET" >> ${said}\n`)
    chmodSync(join(folder, 'systemd-notify'), 0o755)
    const env = { NOTIFY_SOCKET: '/run/n', SECRET: 'secret', PATH: `${folder}:/usr/bin:/bin` }
    serviceNotifier(env).ready()
    await expect
      .poll(() => (existsSync(said) ? readFileSync(said, 'utf8') : ''), { timeout: 20_000 })
      .toBe('--ready --status=The screen is up /run/n \n')
  })
})
