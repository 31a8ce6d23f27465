import { useEffect, useRef } from 'react'
import { isPending } from './purchase/amountEntry.ts'
import type { PurchaseAccess } from './purchase/usePurchase.ts'

const ENTRY_KEYS: Record<string, string> = {
  '*': 'times',
  '×': 'times',
  x: 'times',
  Backspace: 'backspace',
  Delete: 'clear',
}

/**
 * The keyboard of the reception screen. A button's own `aria-keyshortcuts` says which keys press it; digits, `*` and
 * Backspace type the amount wherever the focus is not in a field. While an amount is pending, Enter and `+` add it to
 * the marked category and approve nothing: a half-typed purchase is never approved by accident. A held key presses
 * once. What `useWedge` has recognised as a scan never arrives here.
 */
export function useShortcuts(purchase: PurchaseAccess): void {
  const latest = useRef(purchase)
  latest.current = purchase
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return
      if (document.querySelector('dialog[open]')) return
      const taken = isFunctionKey(event.key)
        ? pressShortcut(event)
        : !isField(event.target) && (typeAmount(event, latest.current) || enter(event, latest.current))
      if (taken) event.preventDefault()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [])
}

function isFunctionKey(key: string): boolean {
  return key === 'Escape' || /^F\d{1,2}$/.test(key)
}

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement && target.type !== 'radio'
}

function pressShortcut(event: KeyboardEvent): boolean {
  const button = document.querySelector<HTMLElement>(`[aria-keyshortcuts~="${event.key}"]`)
  if (button && !event.repeat) button.click()
  return button !== null
}

function typeAmount(event: KeyboardEvent, purchase: PurchaseAccess): boolean {
  const key = /^\d$/.test(event.key) ? event.key : ENTRY_KEYS[event.key]
  if (key !== undefined) {
    purchase.press(key, event.timeStamp)
    return true
  }
  if (event.key !== '+') return false
  if (purchase.marked !== undefined) purchase.add(purchase.marked)
  return true
}

function enter(event: KeyboardEvent, purchase: PurchaseAccess): boolean {
  if (event.key !== 'Enter') return false
  const target = event.target instanceof Element ? event.target : null
  const onPrimary = target?.closest('[data-primary]') !== null && target !== null
  // Enter means nothing to a checkbox of the web; Space marks a coupon, Enter approves what is marked.
  const onOther = !onPrimary && target?.closest('button:not([role=checkbox]), a, summary, input') != null
  if (onOther) return event.repeat
  if (isPending(purchase.entry)) {
    if (event.repeat) return true
    if (purchase.item !== null) purchase.add()
    else if (purchase.marked !== undefined) purchase.add(purchase.marked)
    return true
  }
  if (event.repeat) return true
  if (onPrimary) return false
  const primary = document.querySelector<HTMLElement>('[data-primary]')
  primary?.click()
  return primary !== null
}
