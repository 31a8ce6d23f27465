import { useWords } from '../words/useWords.ts'
import { Button } from './Button.tsx'

/** How a form ends: the way back, and the button that sends it. */
export function FormButtons({
  submit,
  cancel,
  look = 'primary',
  unavailable,
  asking = false,
  onCancel,
}: {
  /** What the button says that sends it. */
  submit: string
  /** What the other one says, where it is not just "Cancel". */
  cancel?: string
  look?: 'primary' | 'danger'
  unavailable: boolean
  asking?: boolean
  onCancel: () => void
}) {
  const { t } = useWords()
  return (
    <div className="row">
      <Button size="large" onClick={onCancel}>
        {cancel ?? t('cancel')}
      </Button>
      <Button submit look={look} size="large" unavailable={unavailable} aria-busy={asking || undefined}>
        {submit}
      </Button>
    </div>
  )
}
