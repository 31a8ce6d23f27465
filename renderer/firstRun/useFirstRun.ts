import { useCallback } from 'react'
import type { CommandResult } from '../../core/counter/commands.ts'
import type { FirstRunAction } from '../../core/counter/firstRun.ts'
import { useSend } from '../client/counterContext.tsx'

/** Does something of a machine's set-up; what is in the way shows in the next state. */
export function useFirstRun(): (action: FirstRunAction) => Promise<CommandResult> {
  const send = useSend()
  return useCallback((action) => send({ type: 'firstRun', action }), [send])
}
