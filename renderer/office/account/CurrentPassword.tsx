import { TextField } from '../ui/Field.tsx'
import { useOfficeWords } from '../words.ts'

interface Props {
  readonly value: string
  /** What it is asked for. */
  readonly hint?: string
  readonly onChange: (value: string) => void
}

/** Who is signed in shows that it is still them. */
export function CurrentPassword({ value, hint, onChange }: Props) {
  const { t } = useOfficeWords()
  return (
    <TextField
      label={t('office.account.current')}
      {...(hint === undefined ? {} : { hint })}
      type="password"
      value={value}
      autoComplete="current-password"
      maxLength={1024}
      onChange={onChange}
    />
  )
}
