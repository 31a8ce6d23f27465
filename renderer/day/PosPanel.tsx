import { type FormEvent, useState } from 'react'
import type { DayDesk } from '../../core/counter/dayDesk.ts'
import { Button } from '../ui/Button.tsx'
import { useWords } from '../words/useWords.ts'
import { useDay } from './useDay.ts'

type Pos = DayDesk['pos']

/** The POS software that may use this counter: who is let in, and a token for a new one. */
export function PosPanel({ pos }: { pos: Pos }) {
  const { t } = useWords()
  return (
    <div className="setupDetail stack">
      <h2 id="pos-title">{t('day.pos.title')}</h2>
      {pos.problem !== null && (
        <p className="day__problem" role="status">
          {t(`day.pos.${pos.problem}`)}
        </p>
      )}
      {pos.address !== null && (
        <p>
          {t('day.pos.address')}: <bdi className="selectable day__code">{pos.address}</bdi>
        </p>
      )}
      {pos.accesses.length === 0 ? <p>{t('day.pos.none')}</p> : <Accesses accesses={pos.accesses} />}
      {pos.made === null ? <NewPos /> : <Made made={pos.made} />}
    </div>
  )
}

function Accesses({ accesses }: { accesses: Pos['accesses'] }) {
  const words = useWords()
  const { t } = words
  const ask = useDay()
  const [asked, setAsked] = useState<string | null>(null)
  return (
    <ul className="day__accesses" aria-labelledby="pos-title">
      {accesses.map(({ posId, name, origins, madeAt, present }) => (
        <li key={posId} className="day__access">
          <span className="stack">
            <strong>
              <bdi>{name}</bdi>
            </strong>
            <span className="soft">
              {t(present ? 'day.pos.present' : 'day.pos.away')} · {t('day.pos.since', { time: words.moment(madeAt) })}
              {origins.length > 0 && (
                <>
                  {' '}
                  · <bdi>{t('day.pos.origins', { origins: origins.join(' ') })}</bdi>
                </>
              )}
            </span>
          </span>
          {asked === posId ? (
            <span className="setupRow">
              <Button onClick={() => setAsked(null)}>{t('day.pos.keep')}</Button>
              <Button look="danger" onClick={() => void ask({ do: 'revokePos', posId })}>
                {t('day.pos.revokeSure', { name })}
              </Button>
            </span>
          ) : (
            <Button onClick={() => setAsked(posId)}>{t('day.pos.revoke')}</Button>
          )}
        </li>
      ))}
    </ul>
  )
}

function NewPos() {
  const { t } = useWords()
  const ask = useDay()
  const [name, setName] = useState('')
  const [origin, setOrigin] = useState('')
  const [refused, setRefused] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const origins = origin.trim() === '' ? [] : [origin.trim()]
    setRefused(!(await ask({ do: 'letPosIn', name, origins })).ok)
  }
  return (
    <form className="stack" onSubmit={submit}>
      <h3>{t('day.pos.new')}</h3>
      <label className="field">
        <span>{t('day.pos.name')}</span>
        <input
          className="field__input"
          required
          maxLength={64}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      <label className="field">
        <span>{t('day.pos.origin')}</span>
        <input
          className="field__input"
          maxLength={200}
          inputMode="url"
          autoCapitalize="off"
          spellCheck={false}
          aria-describedby="origin-words"
          value={origin}
          onChange={(event) => setOrigin(event.target.value)}
        />
      </label>
      <p id="origin-words" className="soft">
        {t('day.pos.originWords')}
      </p>
      <p aria-live="polite" className="day__problem">
        {refused && t('day.pos.refused')}
      </p>
      <div className="setupRow">
        <Button submit look="primary">
          {t('day.pos.make')}
        </Button>
      </div>
    </form>
  )
}

function Made({ made }: { made: NonNullable<Pos['made']> }) {
  const { t } = useWords()
  const ask = useDay()
  return (
    <section className="day__made stack" aria-labelledby="made-title">
      <h3 id="made-title">{t('day.pos.made', { name: made.name })}</h3>
      <p>{t('day.pos.madeWords')}</p>
      <p className="selectable day__code" data-testid="pos-token">
        {made.token}
      </p>
      <div className="setupRow">
        <Button look="primary" onClick={() => void ask({ do: 'hideToken' })}>
          {t('day.pos.copied')}
        </Button>
      </div>
    </section>
  )
}
