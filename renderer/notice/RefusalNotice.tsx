import { useRefusal } from '../client/counterContext.tsx'
import { Button } from '../ui/Button.tsx'
import { WarnIcon } from '../ui/icons.tsx'
import { useWords } from '../words/useWords.ts'

/** What the counter did not do, why, and what to do about it; until it is put away. Stands in a live region. */
export function RefusalNotice() {
  const words = useWords()
  const { refusal, dismissRefusal } = useRefusal()
  if (!refusal) return null
  const { text, todo } = words.reason(refusal)
  return (
    <div className="notice notice--problem">
      <WarnIcon />
      <p className="notice__words">
        <strong>{text}.</strong> {todo}
      </p>
      <Button look="quiet" onClick={dismissRefusal}>
        {words.t('dismiss')}
      </Button>
    </div>
  )
}
