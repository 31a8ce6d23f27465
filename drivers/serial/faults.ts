import { errorCode, errorMessage, type Fault } from '../nativeFault.ts'
import { serialGroupFault } from '../permissions.ts'

/** Why a port does not open, and what a person can do about it. */
export function openFault(error: unknown, path: string): Fault {
  switch (errorCode(error)) {
    case 'ENOENT':
    case 'ENXIO':
    case 'ENODEV':
      return {
        state: 'absent',
        code: 'no_such_port',
        fix: `Plug the scanner in, or configure another port than ${path}.`,
      }
    case 'EACCES':
    case 'EPERM':
      return serialGroupFault(path)
    default:
      break
  }
  if (/lock|busy/i.test(errorMessage(error))) {
    return { state: 'busy', code: 'port_in_use', fix: `Another program has ${path} open. Close it.` }
  }
  return { state: 'error', code: 'open_failed', fix: `${path} does not open as a serial port. Is it the right one?` }
}
