import { type FormEvent, useState } from 'react'
import { Retention as Periods } from '../../../core/contract/holders.ts'
import { Button } from '../../ui/Button.tsx'
import { ask } from '../client/request.ts'
import { useMay } from '../client/session.tsx'
import { useLoaded } from '../client/useLoaded.ts'
import { TextField } from '../ui/Field.tsx'
import { Answer, Page, Panel } from '../ui/Page.tsx'
import { ReasonDialog } from '../ui/ReasonDialog.tsx'
import { useOfficeWords } from '../words.ts'

const PERIODS = ['inactiveHolderDays', 'eventBodyDays', 'importReportDays', 'holderActionDays'] as const
type Period = (typeof PERIODS)[number]
type Typed = Readonly<Record<Period, string>>

/** How long what is known of customers is kept; what is over is erased by itself. */
export function Retention() {
  const { t } = useOfficeWords()
  const periods = useLoaded('retention', () => ask('GET', '/v1/settings/retention', Periods))
  return (
    <Page title={t('office.retention.title')}>
      <p className="page__words">{t('office.retention.words')}</p>
      <Answer of={periods}>
        {(known) => <PeriodForm key={JSON.stringify(known)} known={known} onSaved={periods.put} />}
      </Answer>
    </Page>
  )
}

const typedOf = (periods: Periods): Typed =>
  Object.fromEntries(PERIODS.map((name) => [name, String(periods[name] ?? '')])) as Typed

/** Only customers may be kept for ever: there an empty field says so. */
function periodsOf(typed: Typed): { readonly periods: Periods | null; readonly wrong: ReadonlySet<string> } {
  const numbers = PERIODS.map((name) => [name, typed[name].trim() === '' ? null : Number(typed[name])])
  const parsed = Periods.safeParse(Object.fromEntries(numbers))
  return parsed.success
    ? { periods: parsed.data, wrong: new Set() }
    : { periods: null, wrong: new Set(parsed.error.issues.map(({ path }) => String(path[0]))) }
}

/** Days until something is erased; for ever is longer than any number of them. */
const length = (days: number | null): number => days ?? Number.POSITIVE_INFINITY

function PeriodForm({ known, onSaved }: { known: Periods; onSaved: (periods: Periods) => void }) {
  const { t } = useOfficeWords()
  const may = useMay()
  const [typed, setTyped] = useState(() => typedOf(known))
  const [asking, setAsking] = useState(false)
  const { periods, wrong } = periodsOf(typed)
  const isChanged = PERIODS.some((name) => typed[name] !== typedOf(known)[name])
  const shorter = periods === null ? [] : PERIODS.filter((name) => length(periods[name]) < length(known[name]))
  const mayChange = may('retention.administer')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (periods !== null && isChanged) setAsking(true)
  }
  return (
    <Panel title={t('office.retention.periods')}>
      <form className="stack" onSubmit={submit}>
        <div className="formGrid formGrid--roomy">
          {PERIODS.map((name) => (
            <TextField
              key={name}
              label={t(`office.retention.names.${name}`)}
              hint={t(`office.retention.hints.${name}`)}
              problem={
                wrong.has(name) ? `${t('office.editor.invalid')} ${t(`office.retention.hints.${name}`)}` : undefined
              }
              value={typed[name]}
              inputMode="numeric"
              maxLength={5}
              readOnly={!mayChange}
              autoComplete="off"
              onChange={(value) => setTyped((before) => ({ ...before, [name]: value }))}
            />
          ))}
        </div>
        {mayChange && (
          <div className="page__actions">
            <Button submit look="primary" unavailable={periods === null || !isChanged}>
              {t('office.retention.save')}
            </Button>
            {isChanged && (
              <Button look="quiet" onClick={() => setTyped(typedOf(known))}>
                {t('office.retention.undo')}
              </Button>
            )}
          </div>
        )}
      </form>
      {asking && periods !== null && (
        <ReasonDialog
          title={t('office.retention.save')}
          words={t(shorter.length > 0 ? 'office.retention.shorterWords' : 'office.retention.saveWords')}
          submit={t('office.retention.save')}
          danger={shorter.length > 0}
          reason="none"
          act={() => ask('POST', '/v1/settings/retention', Periods, periods)}
          onDone={onSaved}
          onClose={() => setAsking(false)}
        >
          <ul className="rows">
            {PERIODS.filter((name) => periods[name] !== known[name]).map((name) => (
              <li key={name} className="rows__row">
                <span>{t(`office.retention.names.${name}`)}</span>
                <span className="figure">
                  {t('office.retention.fromTo', { before: daysWords(known[name]), after: daysWords(periods[name]) })}
                </span>
              </li>
            ))}
          </ul>
        </ReasonDialog>
      )}
    </Panel>
  )

  function daysWords(days: number | null): string {
    return days === null ? t('office.retention.forEver') : t('office.retention.days', { count: days })
  }
}
