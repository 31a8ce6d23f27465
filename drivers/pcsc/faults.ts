import { errorCode, errorMessage, type Fault } from '../nativeFault.ts'
import { polkitFault } from '../permissions.ts'

/** What an error of the PC/SC service (pcsc-mini's code) means for a person. */
export function serviceFault(error: unknown): Fault {
  switch (errorCode(error)) {
    case 'NoService':
    case 'ServiceStopped':
    // The daemon went away under us.
    case 'CommError':
      return {
        state: 'error',
        code: 'pcscd_not_running',
        fix: 'Start the smart card service: sudo systemctl enable --now pcscd.socket (if it is not installed: sudo apt-get install pcscd). The counter notices by itself.',
      }
    case 'AccessDenied':
    case 'PermissionDenied':
    case 'SecurityViolation':
      return polkitFault()
    default:
      return {
        state: 'error',
        code: 'pcsc_failed',
        fix: `The smart card service failed (${errorCode(error) || errorMessage(error).slice(0, 100)}). Restart it: sudo systemctl restart pcscd`,
      }
  }
}

/** Another program holds the reader for itself. */
export const IN_USE: Fault = {
  state: 'conflict',
  code: 'reader_in_use',
  fix: 'Another program holds this card reader for itself. Close it (often a browser, gpg or an ID card program).',
}

/** Whether a connect failed because somebody else has the reader. */
export function isSharingViolation(error: unknown): boolean {
  return errorCode(error) === 'SharingViolation'
}
