import { type FormEvent, useEffect, useRef, useState } from 'react'
import type { Conflict } from '../../core/contract/conflicts.ts'
import type { OfflineDesk } from '../../core/counter/offlineDesk.ts'
import type { CounterState } from '../../core/counter/state.ts'
import { Button } from '../ui/Button.tsx'
import { Segmented } from '../ui/Segmented.tsx'
import { useWords } from '../words/useWords.ts'
import { ConflictStory } from './ConflictStory.tsx'
import { OwnConflicts } from './OwnConflicts.tsx'
import { useDesk } from './useDesk.ts'

/** What went wrong: asked of the server where it can be, with this counter's own side of it where it cannot. */
export function Conflicts({ desk, mode }: { desk: OfflineDesk; mode: CounterState['connection']['mode'] }) {
  const { t } = useWords()
  if (desk.story)
    return <ConflictStory key={desk.story.conflictId} story={desk.story} asking={desk.server === 'asking'} />
  return (
    <section className="setupDetail stack" aria-labelledby="conflicts-title">
      <h2 id="conflicts-title">{t('offline.conflicts.title')}</h2>
      <p className="soft">{t('offline.conflicts.words')}</p>
      <p className="visuallyHidden" aria-live="polite">
        {desk.server === 'asking' ? t('offline.conflicts.asking') : ''}
      </p>
      {desk.list && <ConflictList list={desk.list} />}
      {desk.server !== 'connected' && !(desk.list && desk.server === 'asking') && (
        <ConnectForm server={desk.server} mode={mode} />
      )}
      {!desk.list && <OwnConflicts own={desk.own} />}
    </section>
  )
}

function ConflictList({ list }: { list: NonNullable<OfflineDesk['list']> }) {
  const { t } = useWords()
  const ask = useDesk()
  return (
    <>
      <Segmented
        label={t('offline.conflicts.filter')}
        labelHidden
        value={list.state}
        choices={[
          { value: 'open', face: t('offline.conflicts.filterOpen') },
          { value: 'resolved', face: t('offline.conflicts.filterResolved') },
        ]}
        onChange={(state) => void ask({ do: 'list', state })}
      />
      {list.conflicts.length === 0 && (
        <p>{t(list.state === 'open' ? 'offline.conflicts.none' : 'offline.conflicts.noneResolved')}</p>
      )}
      <ul className="conflicts">
        {list.conflicts.map((conflict) => (
          <li key={conflict.conflictId}>
            <ConflictRow conflict={conflict} />
          </li>
        ))}
      </ul>
      {list.cursor !== null && (
        <Button onClick={() => void ask({ do: 'list', state: list.state, cursor: list.cursor ?? '' })}>
          {t('offline.conflicts.more')}
        </Button>
      )}
    </>
  )
}

function ConflictRow({ conflict }: { conflict: Conflict }) {
  const words = useWords()
  const { t } = words
  const ask = useDesk()
  const { conflictId, kind, discount, resolution, happenedAt, openedAt, stationName, operator } = conflict
  return (
    <button type="button" className="setupRowButton conflict" onClick={() => void ask({ do: 'look', conflictId })}>
      <span className="conflict__top">
        <bdi className="setupRowButton__name">{words.title(conflict) || t('offline.conflicts.noTitle')}</bdi>
        {discount !== null && <span className="conflict__worth">{words.discount(discount)}</span>}
      </span>
      <span className="conflict__why">
        <span className={`badge badge--${resolution ? 'good' : 'bad'}`}>
          {resolution ? t(`offline.story.actions.${resolution.outcome}`) : t(`offline.conflicts.kinds.${kind}`)}
        </span>{' '}
        {words.reason({ ...conflict, params: {} }).text}
      </span>
      <span className="soft">
        {words.moment(Date.parse(happenedAt ?? openedAt))} · <bdi>{stationName}</bdi>
        {operator && (
          <>
            {' · '}
            <bdi>{operator.name}</bdi>
          </>
        )}
      </span>
    </button>
  )
}

/** The manager's PIN for the server, or why there is no asking it now. */
function ConnectForm({ server, mode }: { server: OfflineDesk['server']; mode: CounterState['connection']['mode'] }) {
  const { t } = useWords()
  const ask = useDesk()
  const [pin, setPin] = useState('')
  const [problem, setProblem] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const isAsking = server === 'asking'
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (pin === '' || isAsking) return
    const entered = pin
    setPin('')
    const answer = await ask({ do: 'connect', pin: entered })
    if (!answer.ok) setProblem(answer.reason === 'operator_not_allowed' ? 'wrongPin' : 'unreachable')
  }
  useEffect(() => {
    if (problem !== '') field.current?.focus()
  }, [problem])
  return (
    <form className="connect" onSubmit={submit}>
      <p>
        {server === 'unreachable' || mode !== 'online'
          ? t('offline.conflicts.unreachable')
          : t('offline.conflicts.pinWords')}
      </p>
      <div className="setupRow connect__row">
        <label className="field">
          <span>{t('offline.conflicts.pin')}</span>
          <input
            ref={field}
            type="password"
            className="field__input field__input--pin"
            value={pin}
            maxLength={128}
            autoComplete="off"
            aria-describedby="connect-problem"
            onChange={({ target }) => setPin(target.value)}
          />
        </label>
        <Button submit look="primary" unavailable={pin === '' || isAsking} aria-busy={isAsking || undefined}>
          {t(server === 'unreachable' ? 'offline.conflicts.again' : 'offline.conflicts.connect')}
        </Button>
      </div>
      <p id="connect-problem" className="inlineProblem" role="alert">
        {problem === '' || isAsking ? '' : t(`offline.conflicts.${problem}`)}
      </p>
    </form>
  )
}
