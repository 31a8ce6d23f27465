import type { FormEvent, InputHTMLAttributes, ReactNode } from 'react'
import type { FirstRun } from '../../core/counter/firstRun.ts'
import { Button } from '../ui/Button.tsx'
import { CodeIcon } from '../ui/icons.tsx'
import { Problem } from './Problem.tsx'

type Field = Pick<InputHTMLAttributes<HTMLInputElement>, 'autoCapitalize' | 'inputMode' | 'maxLength'>

interface Props {
  readonly firstRun: Pick<FirstRun, 'asking' | 'problem'>
  readonly title: string
  /** Where a scan says the same: how. */
  readonly scan: string | null
  readonly words: string
  readonly label: string
  /** What is typed, and how it is taken. */
  readonly field: Field & { readonly className?: string }
  readonly text: string
  readonly onText: (text: string) => void
  /** Said below the field while it is typed. */
  readonly hint?: ReactNode
  /** A problem that what is typed now no longer has. */
  readonly settled?: boolean
  readonly submit: string
  readonly onSubmit: () => void
  /** Between what is in the way and the button. */
  readonly news?: ReactNode
  readonly children?: ReactNode
}

/** A step whose answer is one line: scanned, whatever has the focus, or typed. */
export function TypedStep({ firstRun, field, text, hint, settled = false, onText, onSubmit, ...rest }: Props) {
  const { asking, problem } = firstRun
  const unavailable = asking || text.trim() === ''
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!unavailable) onSubmit()
  }
  return (
    <form className="startCard startCard--wide stack" onSubmit={submit}>
      <h1>{rest.title}</h1>
      {rest.scan !== null && (
        <p className="firstRun__scan pictured">
          <CodeIcon />
          <span>{rest.scan}</span>
        </p>
      )}
      <p className="soft">{rest.words}</p>
      <label className="field">
        <span>{rest.label}</span>
        <input
          {...field}
          className={`field__input ${field.className ?? ''}`}
          dir="ltr"
          value={text}
          autoComplete="off"
          spellCheck={false}
          aria-describedby={hint === undefined ? 'typed-problem' : 'typed-hint typed-problem'}
          aria-invalid={problem !== null}
          onChange={({ target }) => onText(target.value)}
        />
      </label>
      {hint !== undefined && (
        <p id="typed-hint" className="soft firstRun__hint" role="status">
          {hint}
        </p>
      )}
      <Problem id="typed-problem" firstRun={settled ? { problem: null } : firstRun} />
      {rest.news}
      <Button submit look="primary" size="large" unavailable={unavailable} aria-busy={asking || undefined}>
        {rest.submit}
      </Button>
      {rest.children}
    </form>
  )
}
