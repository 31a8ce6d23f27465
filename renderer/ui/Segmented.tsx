import { useId } from 'react'

/** One of a few, all in sight: radio buttons that look like one control. */
export function Segmented<Value extends string>({
  label,
  labelHidden = false,
  value,
  choices,
  onChange,
}: {
  label: string
  labelHidden?: boolean
  value: Value
  choices: readonly { readonly value: Value; readonly face: string; readonly lang?: string }[]
  onChange: (value: Value) => void
}) {
  const name = useId()
  return (
    <fieldset className="segmented">
      <legend className={labelHidden ? 'visuallyHidden' : 'segmented__label'}>{label}</legend>
      <div className="segmented__choices">
        {choices.map((choice) => (
          <label key={choice.value} className="segmented__choice" lang={choice.lang}>
            <input
              type="radio"
              className="visuallyHidden"
              name={name}
              checked={choice.value === value}
              onChange={() => onChange(choice.value)}
            />
            <span>{choice.face}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
