import { type FormEvent, useState } from 'react'
import type { PcscOptions } from '../../core/readers/protocol.ts'
import { Button } from '../ui/Button.tsx'
import { Switch } from '../ui/Switch.tsx'
import { useWords } from '../words/useWords.ts'
import { typedApplication } from './applicationId.ts'
import { useSetup } from './useSetup.ts'

/** As many as the counter takes (`PcscOptions.aids`). */
const MOST_APPLICATIONS = 8

/** What is asked of a card beside its number, at every card reader of this counter. */
export function CardPanel({ pcsc }: { pcsc: PcscOptions }) {
  const { t } = useWords()
  const ask = useSetup()
  const set = (change: Partial<PcscOptions>) => ask({ do: 'setPcsc', pcsc: { ...pcsc, ...change } })
  return (
    <section className="setupPanel stack" aria-labelledby="cards">
      <h3 id="cards">{t('readerSetup.cards.title')}</h3>
      <p className="soft">{t('readerSetup.cards.words')}</p>
      <div className="cardOption">
        <Switch
          label={t('readerSetup.cards.felica')}
          on={pcsc.felicaSystemCode}
          onChange={(felicaSystemCode) => void set({ felicaSystemCode })}
        />
        <p className="soft">{t('readerSetup.cards.felicaWords')}</p>
      </div>
      <div className="cardOption">
        <Switch label={t('readerSetup.cards.ndef')} on={pcsc.ndef} onChange={(ndef) => void set({ ndef })} />
        <p className="soft">{t('readerSetup.cards.ndefWords')}</p>
      </div>
      <Applications aids={pcsc.aids} onChange={(aids) => set({ aids })} />
    </section>
  )
}

function Applications({
  aids,
  onChange,
}: {
  aids: readonly string[]
  onChange: (aids: string[]) => Promise<{ ok: boolean }>
}) {
  const { t } = useWords()
  const [typed, setTyped] = useState('')
  const [problem, setProblem] = useState<'notHex' | 'payment' | 'known' | null>(null)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const application = typedApplication(typed, aids)
    setProblem(application.ok ? null : application.problem)
    if (application.ok && (await onChange([...aids, application.aid])).ok) setTyped('')
  }
  return (
    <form className="stack" aria-label={t('readerSetup.cards.applications')} onSubmit={submit}>
      {aids.length > 0 && (
        <ol className="applications">
          {aids.map((aid) => (
            <li key={aid} className="application">
              <code className="selectable">{aid.toUpperCase()}</code>
              <Button
                look="quiet"
                aria-label={t('readerSetup.cards.removeNamed', { aid: aid.toUpperCase() })}
                onClick={() => void onChange(aids.filter((one) => one !== aid))}
              >
                {t('readerSetup.cards.remove')}
              </Button>
            </li>
          ))}
        </ol>
      )}
      {aids.length < MOST_APPLICATIONS && (
        <div className="nameForm">
          <label className="field">
            <span>{t('readerSetup.cards.application')}</span>
            <input
              className="field__input"
              data-secret=""
              value={typed}
              maxLength={64}
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              placeholder="F0 54 50 41 43 4F"
              aria-invalid={problem !== null || undefined}
              aria-describedby="application-problem"
              onChange={(event) => {
                setTyped(event.target.value)
                setProblem(null)
              }}
            />
          </label>
          <Button submit unavailable={typed.trim() === ''}>
            {t('readerSetup.cards.add')}
          </Button>
        </div>
      )}
      <p id="application-problem" className="application__problem" role="status">
        {problem && t(`readerSetup.cards.problems.${problem}`)}
      </p>
    </form>
  )
}
