import { useCallback } from 'react'
import type { CommandResult } from '../../core/counter/commands.ts'
import type { DayDeskAction } from '../../core/counter/dayDesk.ts'
import { useSend } from '../client/counterContext.tsx'

/** Asks for something at the end of day; what is refused also shows on the screen by itself. */
export function useDay(): (action: DayDeskAction) => Promise<CommandResult> {
  const send = useSend()
  return useCallback((action) => send({ type: 'dayDesk', action }), [send])
}
