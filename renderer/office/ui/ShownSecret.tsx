import { useEffect, useRef, useState } from 'react'
import { Button } from '../../ui/Button.tsx'
import { useOfficeWords } from '../words.ts'

interface Props {
  readonly title: string
  readonly words: string
  readonly secret: string
  readonly onKept: () => void
}

/** What is shown once and never again, until somebody says that they have it: no dialog, which a key would close. */
export function ShownSecret({ title, words, secret, onKept }: Props) {
  const { t } = useOfficeWords()
  const heading = useRef<HTMLHeadingElement>(null)
  const [isCopied, setCopied] = useState(false)
  useEffect(() => heading.current?.focus(), [])
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(secret)
      setCopied(true)
    } catch {
      // Without permission it is selected by a click and copied by hand.
    }
  }
  return (
    <section className="panel panel--secret" aria-labelledby="shown-secret">
      <h2 id="shown-secret" ref={heading} tabIndex={-1}>
        {title}
      </h2>
      <p>{words}</p>
      <code className="secret">{secret}</code>
      <div className="page__actions">
        <Button onClick={() => void copy()}>{t(isCopied ? 'office.copied' : 'office.copy')}</Button>
        <Button look="primary" onClick={onKept}>
          {t('office.kept')}
        </Button>
      </div>
    </section>
  )
}
