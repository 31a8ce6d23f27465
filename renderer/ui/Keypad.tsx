import type { ReactNode } from 'react'

export interface KeypadKey {
  /** What `onKey` gets. */
  readonly key: string
  readonly face: ReactNode
  /** Its name where the face is not one. */
  readonly label?: string
  readonly look?: 'digit' | 'function'
  /** Two keys wide. */
  readonly wide?: boolean
}

/** Keys to touch. A touch leaves the focus where it is, so that Enter goes on meaning what it meant. */
export function Keypad({
  label,
  keys,
  onKey,
}: {
  label: string
  keys: readonly KeypadKey[]
  onKey: (key: string) => void
}) {
  return (
    <fieldset className="keypad">
      <legend className="visuallyHidden">{label}</legend>
      {keys.map(({ key, face, label: name, look = 'digit', wide = false }) => (
        <button
          key={key}
          type="button"
          className={`key key--${look}${wide ? ' key--wide' : ''}`}
          aria-label={name}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onKey(key)}
        >
          {face}
        </button>
      ))}
    </fieldset>
  )
}
