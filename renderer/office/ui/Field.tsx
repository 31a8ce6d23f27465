import { type InputHTMLAttributes, type ReactNode, useId } from 'react'

/** A named place to write in, with what belongs there and what is wrong with it. */
export function Field({
  label,
  hint,
  problem,
  children,
}: {
  label: string
  hint?: string | undefined
  problem?: string | undefined
  /** Gets the id that the label names, and what describes it. */
  children: (own: { id: string; 'aria-describedby': string | undefined; 'aria-invalid': true | undefined }) => ReactNode
}) {
  const id = useId()
  const words = problem ?? hint
  return (
    <div className="formField">
      <label htmlFor={id}>{label}</label>
      {children({
        id,
        'aria-describedby': words === undefined ? undefined : `${id}-words`,
        'aria-invalid': problem === undefined ? undefined : true,
      })}
      {words !== undefined && (
        <p id={`${id}-words`} className={problem === undefined ? 'formField__hint' : 'formField__problem'}>
          {words}
        </p>
      )}
    </div>
  )
}

interface TextFieldProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange' | 'className' | 'value'> {
  readonly label: string
  readonly hint?: string | undefined
  readonly problem?: string | undefined
  readonly value: string
  readonly onChange: (value: string) => void
}

export function TextField({ label, hint, problem, value, onChange, ...rest }: TextFieldProps) {
  return (
    <Field label={label} hint={hint} problem={problem}>
      {(own) => (
        <input
          type="text"
          {...rest}
          {...own}
          className="input"
          value={value}
          onChange={({ target }) => onChange(target.value)}
        />
      )}
    </Field>
  )
}

export function TextArea({
  label,
  hint,
  value,
  rows = 3,
  maxLength,
  required = false,
  autoFocus = false,
  onChange,
}: {
  label: string
  hint?: string | undefined
  value: string
  rows?: number
  maxLength: number
  required?: boolean
  autoFocus?: boolean
  onChange: (value: string) => void
}) {
  return (
    <Field label={label} hint={hint}>
      {(own) => (
        <textarea
          {...own}
          className="input"
          rows={rows}
          value={value}
          maxLength={maxLength}
          required={required}
          data-autofocus={autoFocus || undefined}
          onChange={({ target }) => onChange(target.value)}
        />
      )}
    </Field>
  )
}

export function Choice<Value extends string>({
  label,
  hint,
  value,
  choices,
  onChange,
}: {
  label: string
  hint?: string | undefined
  value: Value
  choices: readonly { readonly value: Value; readonly face: string }[]
  onChange: (value: Value) => void
}) {
  return (
    <Field label={label} hint={hint}>
      {(own) => (
        <select
          {...own}
          className="input"
          value={value}
          onChange={({ target }) => {
            const chosen = choices.find((choice) => choice.value === target.value)
            if (chosen) onChange(chosen.value)
          }}
        >
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.face}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

/** Any of a few. */
export function Checks<Value extends string | number>({
  label,
  chosen,
  choices,
  onChange,
}: {
  label: string
  chosen: readonly Value[]
  choices: readonly { readonly value: Value; readonly face: string }[]
  onChange: (chosen: readonly Value[]) => void
}) {
  return (
    <fieldset className="checks">
      <legend>{label}</legend>
      {choices.map(({ value, face }) => (
        <label key={value} className="check">
          <input
            type="checkbox"
            checked={chosen.includes(value)}
            onChange={({ target }) =>
              onChange(
                choices
                  .map((one) => one.value)
                  .filter((one) => (one === value ? target.checked : chosen.includes(one))),
              )
            }
          />
          <span>{face}</span>
        </label>
      ))}
    </fieldset>
  )
}
