import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react'

interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className' | 'type' | 'disabled'> {
  readonly look?: 'primary' | 'secondary' | 'quiet' | 'danger'
  readonly size?: 'normal' | 'large'
  /** Not now; still focusable, so that the focus is never lost and a screen reader finds it. */
  readonly unavailable?: boolean
  /** Keys that do the same wherever the focus is, apart by spaces; the first is shown small. */
  readonly keys?: string
  readonly icon?: ReactNode
  readonly submit?: boolean
  readonly ref?: Ref<HTMLButtonElement>
  readonly children: ReactNode
}

const KEY_FACES: Record<string, string> = { Escape: 'Esc' }

/** A button of at least 48 px (64 px when large). */
export function Button({
  look = 'secondary',
  size = 'normal',
  unavailable = false,
  keys,
  icon,
  submit = false,
  onClick,
  children,
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={submit ? 'submit' : 'button'}
      className={`button button--${look} button--${size}`}
      aria-disabled={unavailable || undefined}
      aria-keyshortcuts={keys}
      onClick={(event) => {
        if (unavailable) event.preventDefault()
        else onClick?.(event)
      }}
    >
      {icon}
      <span className="button__label">{children}</span>
      {keys && (
        <span className="hint" aria-hidden="true">
          {KEY_FACES[keys.split(' ')[0] ?? ''] ?? keys.split(' ')[0]}
        </span>
      )}
    </button>
  )
}
