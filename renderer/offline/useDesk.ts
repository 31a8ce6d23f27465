import { useCallback } from 'react'
import type { CommandResult } from '../../core/counter/commands.ts'
import type { OfflineDeskAction } from '../../core/counter/offlineDesk.ts'
import { useSend } from '../client/counterContext.tsx'

/** Asks for something at the desk; what is refused also shows on the screen by itself. */
export function useDesk(): (action: OfflineDeskAction) => Promise<CommandResult> {
  const send = useSend()
  return useCallback((action) => send({ type: 'offlineDesk', action }), [send])
}
