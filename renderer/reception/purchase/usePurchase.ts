import { useCallback, useEffect, useRef, useState } from 'react'
import type { CounterState, PurchaseLine } from '../../../core/counter/state.ts'
import { useSend } from '../../client/counterContext.tsx'
import { BURST_GAP_MS } from '../../wedge/burst.ts'
import { SCAN_RECOGNISED } from '../../wedge/useWedge.ts'
import { type AmountEntry, EMPTY_ENTRY, type EntryKey, isPending, pressKey } from './amountEntry.ts'
import { type LineOf, withLine, withOneMore, withoutLine } from './lines.ts'

/** Why an amount did not become a line, for the screen to say. */
export type EntryProblem = 'amountFirst' | 'full'

export interface PurchaseAccess {
  readonly lines: readonly PurchaseLine[]
  readonly entry: AmountEntry
  readonly problem: EntryProblem | null
  /** A product (GTIN-14) that was scanned and waits for its price; null: none. */
  readonly item: string | null
  /** Where `+` and Enter put the amount: the category that was used last. */
  readonly marked: string | undefined
  /** `at`: when, on the clock of `performance.now()`; a key may be heard late. */
  press(key: EntryKey, at?: number): void
  /** Without a category: the scanned product alone. */
  add(category?: string): void
  dropItem(): void
  remove(lineId: string): void
  clear(): void
  takeBasket(basketId: string): void
}

/**
 * The purchase as the cashier sees it: the counter's, or what was just typed until the counter has it, so that fast
 * fingers never build on an old purchase.
 */
export function usePurchase(state: CounterState): PurchaseAccess {
  const send = useSend()
  const [entry, setEntry] = useState(EMPTY_ENTRY)
  const [problem, setProblem] = useState<EntryProblem | null>(null)
  const [lastCategory, setLastCategory] = useState<string>()
  const [item, setItem] = useState<string | null>(null)
  const [draft, setDraft] = useState<readonly PurchaseLine[] | null>(null)
  const newest = useRef<readonly PurchaseLine[] | null>(null)
  const lines = draft ?? state.purchase.lines
  const typed = useTakenBackOnScan(entry, setEntry)

  const change = useCallback(
    async (next: readonly PurchaseLine[]) => {
      newest.current = next
      setDraft(next)
      setProblem(null)
      await send({ type: 'setPurchase', lines: [...next] })
      if (newest.current === next) {
        newest.current = null
        setDraft(null)
      }
    },
    [send],
  )

  const addLine = (of: LineOf) => {
    const next = withLine(newest.current ?? lines, entry, of)
    if (next === null) {
      setProblem('full')
      return
    }
    setEntry(EMPTY_ENTRY)
    setItem(null)
    void change(next)
  }
  useScannedItem(state.scannedItem, (gtin) => {
    const again = withOneMore(newest.current ?? lines, gtin)
    if (again) void change(again)
    else if (isPending(entry)) addLine({ gtin })
    else setItem(gtin)
  })

  return {
    lines,
    entry,
    problem,
    item,
    dropItem: () => setItem(null),
    marked: lastCategory ?? state.categories[0]?.category,
    press(key, at = performance.now()) {
      typed(at)
      setProblem(null)
      setEntry((before) => pressKey(before, key))
    },
    add(category) {
      if (category !== undefined) setLastCategory(category)
      if (isPending(entry)) addLine({ category, gtin: item ?? undefined })
      else setProblem('amountFirst')
    },
    remove: (lineId) => void change(withoutLine(newest.current ?? lines, lineId)),
    clear: () => {
      setItem(null)
      void change([])
    },
    takeBasket(basketId) {
      newest.current = null
      setDraft(null)
      setEntry(EMPTY_ENTRY)
      void send({ type: 'useSampleBasket', basketId })
    },
  }
}

/** Hands each product that is scanned while this screen is open to `scanned`, once. */
function useScannedItem(newest: CounterState['scannedItem'], scanned: (gtin: string) => void): void {
  const seen = useRef(newest?.nth ?? 0)
  const handle = useRef(scanned)
  handle.current = scanned
  useEffect(() => {
    if (newest === null || newest.nth <= seen.current) return
    seen.current = newest.nth
    handle.current(newest.gtin)
  }, [newest])
}

/** The first characters of a scan look typed; when it turns out to be a scan, the amount is what it was before them. */
function useTakenBackOnScan(entry: AmountEntry, setEntry: (entry: AmountEntry) => void): (at: number) => void {
  const latest = useRef(entry)
  latest.current = entry
  const before = useRef({ entry, at: 0 })
  useEffect(() => {
    const takeBack = () => setEntry(before.current.entry)
    window.addEventListener(SCAN_RECOGNISED, takeBack)
    return () => window.removeEventListener(SCAN_RECOGNISED, takeBack)
  }, [setEntry])
  return useCallback((at: number) => {
    before.current = at - before.current.at < BURST_GAP_MS ? { ...before.current, at } : { entry: latest.current, at }
  }, [])
}
