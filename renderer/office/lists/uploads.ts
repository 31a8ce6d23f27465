import { useSyncExternalStore } from 'react'
import type { ImportProgress } from '../../../core/contract/acquisitionImports.ts'
import type { OfficeProblem } from '../client/request.ts'
import { sendList } from './sendList.ts'

/** A list that is sent from this page, or was: its file is at hand as long as the page is. */
export interface Upload {
  readonly file: File
  readonly isSending: boolean
  readonly progress: ImportProgress
  /** How much of the file has been read, 0 to 1. */
  readonly read: number
  /** Why it stopped; null: it goes on, or has ended. */
  readonly problem: OfficeProblem | null
}

const uploads = new Map<string, Upload>()
const stops = new Map<string, AbortController>()
const listeners = new Set<() => void>()

function put(importId: string, changes: Partial<Upload>): void {
  const before = uploads.get(importId)
  if (!before) return
  uploads.set(importId, { ...before, ...changes })
  for (const listener of listeners) listener()
}

/** Sends a file from where the server has it, also while another screen of the office is looked at. */
export function beginUpload(file: File, from: ImportProgress): void {
  const { importId } = from
  if (uploads.get(importId)?.isSending) return
  const stop = new AbortController()
  stops.set(importId, stop)
  uploads.set(importId, { file, isSending: true, progress: from, read: 0, problem: null })
  put(importId, {})
  window.addEventListener('beforeunload', warn)
  const pieces = piecesOf(file, (bytes) => put(importId, { read: file.size === 0 ? 1 : bytes / file.size }))
  const moved = (progress: ImportProgress) => put(importId, { progress })
  void sendList({ pieces, from, moved, signal: stop.signal }).then((sent) => {
    put(
      importId,
      sent.ok ? { isSending: false, progress: sent.value, read: 1 } : { isSending: false, problem: sent.problem },
    )
    if (![...uploads.values()].some(({ isSending }) => isSending)) window.removeEventListener('beforeunload', warn)
  })
}

/** The list has been ended: nothing more is sent. */
export function stopUpload(importId: string): void {
  stops.get(importId)?.abort()
}

/** null: it is not sent from this page. */
export function useUpload(importId: string): Upload | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => uploads.get(importId) ?? null,
  )
}

/** A file's text; `read` is told how many of its bytes have been read. */
export async function* piecesOf(file: Blob, read: (bytes: number) => void = () => {}): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  const reader = file.stream().getReader()
  let bytes = 0
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    bytes += next.value.byteLength
    read(bytes)
    yield decoder.decode(next.value, { stream: true })
  }
  yield decoder.decode()
}

const warn = (event: BeforeUnloadEvent): void => event.preventDefault()
