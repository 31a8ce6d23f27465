import { expect, it } from 'vitest'
import { childEnvironment } from '../../../../counter/supervisor/childEnvironment.ts'

it('a child gets what it needs to run, to find its readers and to reach the server', () => {
  const needed = {
    PATH: '/bin',
    HOME: '/home/till',
    LC_ALL: 'C.UTF-8',
    TMPDIR: '/tmp',
    PCSCLITE_CSOCK_NAME: '/run/pcscd/pcscd.comm',
    NODE_EXTRA_CA_CERTS: '/etc/ca.pem',
    https_proxy: 'http://proxy:3128',
    SystemRoot: 'C:\\Windows',
  }
  expect(childEnvironment(needed)).toEqual(needed)
})

it.each([
  'TAPCOUPON_ELECTRON',
  'TAPCOUPON_SECRET_KEY',
  'NODE_OPTIONS',
  'NODE_PATH',
  'ELECTRON_RUN_AS_NODE',
  'LD_PRELOAD',
  'NOTIFY_SOCKET',
  'WATCHDOG_USEC',
  'AWS_SECRET_ACCESS_KEY',
  'npm_config_registry',
  'XPATH',
])('and nothing of %s', (name) => {
  expect(childEnvironment({ PATH: '/bin', [name]: 'x' })).toEqual({ PATH: '/bin' })
})

it('nor a variable that is not set', () => {
  expect(childEnvironment({ HOME: undefined })).toEqual({})
})
