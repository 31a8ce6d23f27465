/** On or off, at once. */
export function Switch({
  label,
  on,
  title,
  fixed = null,
  onChange,
}: {
  label: string
  on: boolean
  title?: string
  /** Why it cannot be changed; null: it can. */
  fixed?: string | null
  onChange: (on: boolean) => void
}) {
  return (
    <button
      type="button"
      role="switch"
      aria-checked={on}
      className="switch"
      aria-disabled={fixed !== null || undefined}
      title={fixed ?? title}
      onClick={() => {
        if (fixed === null) onChange(!on)
      }}
    >
      <span className="switch__track">
        <span className="switch__thumb" />
      </span>
      <span>{label}</span>
    </button>
  )
}
