import type { Fault } from './nativeFault.ts'

/** Permission problems that Linux machines meet, each with the exact command that solves it. */
export const UDEV_RULE: Fault = {
  state: 'denied',
  code: 'permission_denied',
  fix: 'This user may not open the scanner. Install the rule and plug the scanner in again: sudo cp resources/udev/70-tapcoupon-readers.rules /etc/udev/rules.d/ && sudo udevadm control --reload && sudo udevadm trigger',
}

export const DIALOUT_GROUP: Fault = {
  state: 'denied',
  code: 'permission_denied',
  fix: 'This user may not open the port: sudo usermod -aG dialout $USER, then sign in again.',
}

export const POLKIT_RULE: Fault = {
  state: 'denied',
  code: 'permission_denied',
  fix: 'The smart card service refuses this user. Install the rule: sudo cp resources/polkit/50-tapcoupon-pcscd.rules /etc/polkit-1/rules.d/ && sudo groupadd -f tapcoupon && sudo usermod -aG tapcoupon $USER && sudo systemctl restart polkit pcscd, then sign in again.',
}

/** A kernel driver has claimed a card reader before pcscd could. `driver`, e.g. `pn533_usb` (pcsc-tools issue 97). */
export function kernelDriverFault(driver: string): Fault {
  return {
    state: 'conflict',
    code: 'kernel_driver',
    fix: `The kernel's ${driver} holds this reader. Leave it to pcscd: echo "blacklist ${driver}" | sudo tee /etc/modprobe.d/tapcoupon-${driver}.conf && sudo modprobe -r ${driver}, then unplug the reader and plug it in again.`,
  }
}
