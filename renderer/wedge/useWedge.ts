import { useEffect } from 'react'
import type { WedgeKey } from '../../core/readers/protocol.ts'
import { BURST_GAP_MS, BURST_QUIET_MS, burstDetector } from './burst.ts'

/** Fired on `window` when keys turn out to be a scan: whoever acted on its first keys takes that back. */
export const SCAN_RECOGNISED = 'tapcoupon:scan'

/**
 * Captures keyboard-wedge scanners whatever has the focus, before any element sees the keys, and hands each scan to
 * `onScan`. Keys typed by hand are untouched. An Enter or Tab that ends a scan presses nothing and moves nothing.
 *
 * While a PIN or a code is typed (`type=password`, `data-secret`) nothing is captured, so that a secret never leaves
 * its field as if it were a membership number. `enabled` is false on the sign-in and enrolment screens altogether.
 */
export function useWedge(enabled: boolean, onScan: (keys: WedgeKey[]) => void): void {
  useEffect(() => {
    if (!enabled) return
    let pause: ReturnType<typeof setTimeout> | undefined
    let before: { field: HTMLInputElement; value: string } | null = null
    let lastAt = Number.NEGATIVE_INFINITY
    const detector = burstDetector((keys) => {
      giveBack()
      onScan(keys)
    })

    let composing = false
    const onComposition = (event: CompositionEvent) => {
      composing = event.type === 'compositionstart'
    }
    // An IME that is on took the first keys for the beginning of a word, and would take the next ones for another:
    // leaving the field ends that word, and outside of a field no IME is on. The field has its turn again after the scan.
    let left: HTMLElement | null = null
    const leaveComposition = (element: Element | null) => {
      if (!composing || !(element instanceof HTMLElement)) return
      left = element
      element.blur()
    }
    const giveBack = () => {
      if (left === null) return
      // The word may have come into the field after we left it.
      if (before) restore(before)
      if (document.activeElement === document.body) left.focus({ preventScroll: true })
      left = null
    }

    const onKeyDown = (event: KeyboardEvent) => {
      if (isSecret(document.activeElement)) {
        detector.reset()
        return
      }
      // A held key repeats faster than any scanner and is no scan.
      if (event.repeat || !event.isTrusted) return
      if (event.timeStamp - lastAt >= BURST_GAP_MS) before = fieldValue(document.activeElement)
      lastAt = event.timeStamp
      clearTimeout(pause)
      pause = setTimeout(detector.idle, BURST_QUIET_MS)

      const verdict = detector.press({
        code: event.code,
        key: event.key,
        shift: event.shiftKey,
        ctrl: event.ctrlKey,
        // AltGr is a modifier of its own on Linux, and Ctrl with Alt on Windows.
        alt: event.altKey || event.getModifierState('AltGraph'),
        at: event.timeStamp,
      })
      if (verdict === 'pass') return
      event.preventDefault()
      event.stopImmediatePropagation()
      if (verdict === 'recognised') {
        leaveComposition(document.activeElement)
        if (before) restore(before)
        window.dispatchEvent(new Event(SCAN_RECOGNISED))
      }
    }

    window.addEventListener('keydown', onKeyDown, { capture: true })
    window.addEventListener('compositionstart', onComposition, { capture: true })
    window.addEventListener('compositionend', onComposition, { capture: true })
    return () => {
      clearTimeout(pause)
      window.removeEventListener('keydown', onKeyDown, { capture: true })
      window.removeEventListener('compositionstart', onComposition, { capture: true })
      window.removeEventListener('compositionend', onComposition, { capture: true })
    }
  }, [enabled, onScan])
}

function isSecret(element: Element | null): boolean {
  return element instanceof HTMLInputElement && (element.type === 'password' || element.dataset.secret !== undefined)
}

function fieldValue(element: Element | null): { field: HTMLInputElement; value: string } | null {
  return element instanceof HTMLInputElement ? { field: element, value: element.value } : null
}

/** React listens to `input` and compares with the value it set, so the native setter is used. */
function restore({ field, value }: { field: HTMLInputElement; value: string }): void {
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, value)
  field.dispatchEvent(new Event('input', { bubbles: true }))
}
