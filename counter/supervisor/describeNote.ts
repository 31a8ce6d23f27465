import { unreachable } from '../../core/outcome.ts'
import type { SupervisorNote } from './counterSupervisor.ts'

/** A note of the supervisor as one line of a log. */
export function describeNote(note: SupervisorNote): string {
  switch (note.type) {
    case 'exited': {
      const how = note.code === null ? 'was killed' : `ended with code ${note.code}`
      return `tapcoupon: the ${note.name} process ${how}; starting it again in ${note.retryInMs} ms`
    }
    case 'failed':
      return `tapcoupon: the counter cannot start: ${note.code}: ${note.detail}`
    case 'hung':
      return `tapcoupon: the ${note.name} process has not been heard for half a minute; ending it`
    case 'unreadable':
      return `tapcoupon: the ${note.name} process sent a message that the shell does not know; dropped`
    default:
      return unreachable(note)
  }
}
