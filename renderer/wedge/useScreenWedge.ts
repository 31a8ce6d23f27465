import { useCallback } from 'react'
import type { WedgeKey } from '../../core/readers/protocol.ts'
import { useSend } from '../client/counterContext.tsx'
import { useWedge } from './useWedge.ts'

/** What a scanner types goes to the counter, as long as this screen is there. */
export function useScreenWedge(): void {
  const send = useSend()
  useWedge(
    true,
    useCallback((keys: WedgeKey[]) => void send({ type: 'wedgeKeys', keys }), [send]),
  )
}
