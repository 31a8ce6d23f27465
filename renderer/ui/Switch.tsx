/** On or off, at once. */
export function Switch({
  label,
  on,
  title,
  onChange,
}: {
  label: string
  on: boolean
  title?: string
  onChange: (on: boolean) => void
}) {
  return (
    <button
      type="button"
      role="switch"
      aria-checked={on}
      className="switch"
      title={title}
      onClick={() => onChange(!on)}
    >
      <span className="switch__track">
        <span className="switch__thumb" />
      </span>
      <span>{label}</span>
    </button>
  )
}
