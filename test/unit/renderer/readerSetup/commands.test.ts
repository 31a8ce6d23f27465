import { expect, it } from 'vitest'
import { commandsIn } from '../../../../renderer/readerSetup/commands.ts'

it.each([
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
  ['Another program has /dev/ttyS0 open. Close it.', []],
])('finds what can be typed in: %s', (fix, commands) => {
  expect(commandsIn(fix)).toEqual(commands)
})
