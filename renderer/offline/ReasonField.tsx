/** Why a manager does something: their own words, which go with it for ever. */
export function ReasonField({
  label,
  example,
  reason,
  onReason,
}: {
  label: string
  example: string
  reason: string
  onReason: (reason: string) => void
}) {
  return (
    <label className="field">
      <span>{label}</span>
      <textarea
        className="field__input reasonField"
        rows={2}
        maxLength={500}
        required
        value={reason}
        placeholder={example}
        data-autofocus
        onChange={({ target }) => onReason(target.value)}
      />
    </label>
  )
}
