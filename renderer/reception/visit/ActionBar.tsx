import { type ReactNode, useEffect, useRef, useState } from 'react'
import { Button } from '../../ui/Button.tsx'

/** The same place in every moment of a visit: what else can be done, and at its end the one thing to do. */
export function ActionBar({ children }: { children: ReactNode }) {
  return <div className="actions">{children}</div>
}

/** A second press that was meant for the button before this one is not taken for this one, milliseconds. */
const SETTLE_MS = 400

/**
 * The one thing to do now: Enter, Space and F2 do it wherever the focus is not on something else. It takes the focus
 * when it appears, unless the cashier's focus is somewhere else on purpose.
 */
export function PrimaryAction({
  onPress,
  unavailable = false,
  busy = false,
  settle = false,
  keys = 'Enter F2',
  icon,
  children,
}: {
  onPress: () => void
  unavailable?: boolean
  busy?: boolean
  /** Comes right after another primary action. */
  settle?: boolean
  keys?: string
  icon?: ReactNode
  children: ReactNode
}) {
  const button = useRef<HTMLButtonElement>(null)
  const [settling, setSettling] = useState(settle)
  useEffect(() => {
    if (!settle) return
    const timer = setTimeout(() => setSettling(false), SETTLE_MS)
    return () => clearTimeout(timer)
  }, [settle])
  useEffect(() => takeFreeFocus(button.current), [])
  return (
    <Button
      ref={button}
      look="primary"
      size="large"
      data-primary=""
      keys={keys}
      icon={icon}
      unavailable={unavailable || settling || busy}
      aria-busy={busy || undefined}
      data-settling={settling || undefined}
      onClick={onPress}
    >
      {children}
    </Button>
  )
}

/** Gives `element` the focus when nobody has it: after the focused element has gone, or at the start. */
export function takeFreeFocus(element: HTMLElement | null): void {
  const holder = document.activeElement
  if (holder === null || holder === document.body || holder.hasAttribute('data-resting-focus')) {
    element?.focus({ preventScroll: true })
  }
}
