import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { polkitFault, serialGroupFault, udevFault } from '../../../../drivers/permissions.ts'
import { commandsIn } from '../../../../renderer/readerSetup/commands.ts'

const DRIVERS = join(import.meta.dirname, '../../../../drivers')

const ADVICE = [
  [
    'This user may not open the scanner. Install the rule and plug the scanner in again: sudo cp resources/udev/70-tapcoupon-readers.rules /etc/udev/rules.d/ && sudo udevadm control --reload && sudo udevadm trigger',
    [
      'sudo cp resources/udev/70-tapcoupon-readers.rules /etc/udev/rules.d/ && sudo udevadm control --reload && sudo udevadm trigger',
    ],
  ],
  [
    'Start the smart card service: sudo systemctl enable --now pcscd.socket (if it is not installed: sudo apt-get install pcscd). The counter notices by itself.',
    ['sudo systemctl enable --now pcscd.socket', 'sudo apt-get install pcscd'],
  ],
  [
    'This user may not open the port: sudo usermod -aG dialout $USER, then sign in again.',
    ['sudo usermod -aG dialout $USER'],
  ],
  [
    'The smart card service failed (E_INTERNAL). Restart it: sudo systemctl restart pcscd',
    ['sudo systemctl restart pcscd'],
  ],
  [
    'The kernel\'s port100 holds this reader. Leave it to pcscd: echo "blacklist port100" | sudo tee /etc/modprobe.d/tapcoupon-port100.conf && sudo modprobe -r port100, then unplug the reader and plug it in again.',
    ['echo "blacklist port100" | sudo tee /etc/modprobe.d/tapcoupon-port100.conf && sudo modprobe -r port100'],
  ],
  ['Another program has /dev/ttyS0 open. Close it.', []],
] as const

it.each(ADVICE)('finds what can be typed in: %s', (fix, commands) => {
  expect(commandsIn(fix)).toEqual(commands)
})

/** Every sentence of the drivers that names a command, as it stands in their sources or is made for this machine. */
const written = readdirSync(DRIVERS, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .flatMap((file) => [...readFileSync(join(DRIVERS, file), 'utf8').matchAll(/fix: (['`])(.*?\bsudo .*?)\1,\n/g)])
  .map(([, , fix]) => fix ?? '')
const made = [udevFault(0x0c2e), udevFault(0x1234), serialGroupFault('/dev/null'), polkitFault()].map(
  ({ fix = '' }) => fix,
)

it('finds the command in every advice that the drivers give', () => {
  expect(written.length).toBeGreaterThan(3)
  for (const fix of [...written, ...made]) {
    const commands = commandsIn(fix)
    expect(commands.join(' ').match(/\bsudo /g), fix).toHaveLength(fix.match(/\bsudo /g)?.length ?? 0)
    for (const command of commands) expect(command, fix).not.toMatch(/[,.(]$|\bthen\b/)
  }
})
