import { useCallback } from 'react'
import type { CommandResult } from '../../core/counter/commands.ts'
import type { ReaderSetupAction } from '../../core/counter/readerSetup.ts'
import { useSend } from '../client/counterContext.tsx'

/** Asks for something about readers; what is refused also shows on the screen by itself. */
export function useSetup(): (action: ReaderSetupAction) => Promise<CommandResult> {
  const send = useSend()
  return useCallback((action) => send({ type: 'readerSetup', action }), [send])
}
