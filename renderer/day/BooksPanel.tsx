import { type FormEvent, useState } from 'react'
import type { DayDesk } from '../../core/counter/dayDesk.ts'
import { Button } from '../ui/Button.tsx'
import { useWords, type Words } from '../words/useWords.ts'
import { Differences } from './Differences.tsx'
import { useDay } from './useDay.ts'

/** Where a book has nothing of it. */
const NOTHING = '–'

/** Counter, server and POS side by side, for a business day or one shift of it. */
export function BooksPanel({ desk }: { desk: DayDesk }) {
  const words = useWords()
  const { t } = words
  const ask = useDay()
  const { reconciled, today } = desk
  const [day, setDay] = useState(reconciled?.span.day ?? today)
  const [shiftId, setShiftId] = useState('')
  return (
    <div className="setupDetail stack">
      <h2 id="books-title">{t('day.books.title')}</h2>
      <form
        className="day__form"
        onSubmit={(event) => {
          event.preventDefault()
          void ask({ do: 'reconcile', day, shiftId: shiftId === '' ? null : shiftId })
        }}
      >
        <label className="field">
          <span>{t('day.books.day')}</span>
          <input
            className="field__input"
            type="date"
            max={today}
            required
            value={day}
            onChange={(e) => setDay(e.target.value)}
          />
        </label>
        <label className="field">
          <span>{t('day.books.span')}</span>
          <select className="field__input" value={shiftId} onChange={(event) => setShiftId(event.target.value)}>
            <option value="">{t('day.books.wholeDay')}</option>
            {desk.shifts.map(({ shiftId: id, from, until }) => (
              <option key={id} value={id}>
                {until === null
                  ? t('day.books.shiftOpen', { from: words.moment(from) })
                  : t('day.books.shift', { from: words.moment(from), until: words.moment(until) })}
              </option>
            ))}
          </select>
        </label>
        <Button submit look="primary">
          {t('day.books.show')}
        </Button>
      </form>
      {reconciled && (
        <>
          <BooksTable reconciled={reconciled} words={words} />
          <ServerLine desk={desk} />
          <Differences differences={reconciled.differences} wasAsked={reconciled.server !== null} />
          <p className="soft">{t('day.books.asOf', { time: words.moment(reconciled.at) })}</p>
        </>
      )}
    </div>
  )
}

function BooksTable({ reconciled, words }: { reconciled: NonNullable<DayDesk['reconciled']>; words: Words }) {
  const { t } = words
  const { counter, server, pos } = reconciled
  const rows = [
    { name: t('day.books.counter'), sum: counter, without: '' },
    { name: t('day.books.server'), sum: server, without: t('day.books.notAsked') },
    { name: t('day.books.pos'), sum: pos, without: t('day.books.noPos') },
  ]
  return (
    <table className="queue day__books" aria-labelledby="books-title">
      <thead>
        <tr>
          <th scope="col">{t('day.books.who')}</th>
          <th scope="col" className="queue__number">
            {t('day.books.count')}
          </th>
          <th scope="col" className="queue__number">
            {t('day.books.discount')}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, sum, without }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td className="queue__number">{sum === null ? without : sum.count}</td>
            <td className="queue__number">{sum === null ? NOTHING : words.money(sum.discount)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** The server shows its books to a manager it knows; a manager who was signed in at the till has not shown it a PIN. */
function ServerLine({ desk }: { desk: DayDesk }) {
  const { t } = useWords()
  const ask = useDay()
  const [pin, setPin] = useState('')
  const [wrong, setWrong] = useState(false)
  if (desk.server === 'connected') return null
  if (desk.server === 'asking') return <p aria-live="polite">{t('day.books.asking')}</p>
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (pin === '') return
    const entered = pin
    setPin('')
    const answer = await ask({ do: 'connect', pin: entered })
    setWrong(!answer.ok && answer.reason === 'operator_not_allowed')
  }
  const told = wrong ? 'wrongPin' : desk.server === 'unreachable' ? 'unreachable' : 'askServer'
  return (
    <form className="day__form" onSubmit={submit}>
      <p className="day__wide" aria-live="polite">
        {t(`day.books.${told}`)}
      </p>
      <label className="field">
        <span>{t('day.books.pin')}</span>
        <input
          className="field__input"
          type="password"
          inputMode="numeric"
          autoComplete="off"
          value={pin}
          onChange={(event) => setPin(event.target.value)}
        />
      </label>
      <Button submit>{t('day.books.connect')}</Button>
    </form>
  )
}
