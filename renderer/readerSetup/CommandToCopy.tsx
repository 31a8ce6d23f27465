import { useRef, useState } from 'react'
import { Button } from '../ui/Button.tsx'
import { useWords } from '../words/useWords.ts'
import { copy } from './commands.ts'

/** One exact command and a button that copies it. */
export function CommandToCopy({ command }: { command: string }) {
  const { t } = useWords()
  const shown = useRef<HTMLElement>(null)
  const [copied, setCopied] = useState<'copied' | 'selected' | null>(null)
  const onCopy = async () => {
    if (shown.current) setCopied((await copy(command, shown.current)) ? 'copied' : 'selected')
  }
  return (
    <div className="command">
      <code ref={shown} className="command__text" lang="en">
        {command}
      </code>
      <Button onClick={() => void onCopy()}>{t('readerSetup.copy')}</Button>
      <span className="command__done" role="status">
        {copied && t(`readerSetup.copyDone.${copied}`)}
      </span>
    </div>
  )
}
