import { type FormEvent, useState } from 'react'
import type { DayDesk, JournalQuery, JournalRow } from '../../core/counter/dayDesk.ts'
import { EVENT_TYPES } from '../../core/events/event.ts'
import { Button } from '../ui/Button.tsx'
import { useWords, type Words } from '../words/useWords.ts'
import { Saved } from './Saved.tsx'
import { useDay } from './useDay.ts'

/** What this counter did, found by day, kind and words, and saved for a spreadsheet. */
export function JournalPanel({ desk }: { desk: DayDesk }) {
  const words = useWords()
  const { t } = words
  const ask = useDay()
  const [from, setFrom] = useState(desk.today)
  const [until, setUntil] = useState(desk.today)
  const [type, setType] = useState<JournalQuery['types'][number] | ''>('')
  const [text, setText] = useState('')
  const query: JournalQuery = {
    ...(from === '' ? {} : { from }),
    ...(until === '' ? {} : { until }),
    types: type === '' ? [] : [type],
    text: text.trim(),
  }
  const find = (event: FormEvent) => {
    event.preventDefault()
    void ask({ do: 'search', query })
  }
  const { journal } = desk
  return (
    <div className="setupDetail stack">
      <h2 id="journal-title">{t('day.journal.title')}</h2>
      <form className="day__form" onSubmit={find}>
        <label className="field">
          <span>{t('day.journal.from')}</span>
          <input className="field__input" type="date" value={from} onChange={(event) => setFrom(event.target.value)} />
        </label>
        <label className="field">
          <span>{t('day.journal.until')}</span>
          <input
            className="field__input"
            type="date"
            value={until}
            onChange={(event) => setUntil(event.target.value)}
          />
        </label>
        <label className="field">
          <span>{t('day.journal.type')}</span>
          <select
            className="field__input"
            value={type}
            onChange={(event) => setType(EVENT_TYPES.find((one) => one === event.target.value) ?? '')}
          >
            <option value="">{t('day.journal.allTypes')}</option>
            {EVENT_TYPES.map((one) => (
              <option key={one} value={one}>
                {t(`offline.queue.types.${one}`)}
              </option>
            ))}
          </select>
        </label>
        <label className="field day__text">
          <span>{t('day.journal.text')}</span>
          <input
            className="field__input"
            maxLength={64}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </label>
        <Button submit look="primary">
          {t('day.journal.find')}
        </Button>
        <Button onClick={() => void ask({ do: 'saveJournal', query })}>{t('day.journal.save')}</Button>
      </form>
      <p className="soft">{t('day.journal.saveWords')}</p>
      <Saved saved={desk.saved} what="journal" />
      {journal && <Rows journal={journal} words={words} />}
      {journal?.before != null && (
        <Button onClick={() => void ask({ do: 'search', query: journal.query, before: journal.before ?? 0 })}>
          {t('day.journal.more')}
        </Button>
      )}
    </div>
  )
}

function Rows({ journal, words }: { journal: NonNullable<DayDesk['journal']>; words: Words }) {
  const { t } = words
  if (journal.rows.length === 0) return <p>{t('day.journal.none')}</p>
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by keyboard
    <section className="queue__scroll" aria-labelledby="journal-title" tabIndex={0}>
      <table className="queue" aria-labelledby="journal-title">
        <thead>
          <tr>
            <th scope="col">{t('day.journal.when')}</th>
            <th scope="col">{t('day.journal.what')}</th>
            <th scope="col">{t('day.journal.who')}</th>
            <th scope="col">{t('day.journal.of')}</th>
            <th scope="col" className="queue__number">
              {t('day.journal.worth')}
            </th>
            <th scope="col">{t('day.journal.fate')}</th>
          </tr>
        </thead>
        <tbody>
          {journal.rows.map((row) => (
            <tr key={row.seq}>
              <td>{words.moment(row.at)}</td>
              <td>{whatWords(words, row)}</td>
              <td>
                <bdi>{row.operatorName ?? row.operatorId}</bdi>
              </td>
              <td>{row.saleId !== null ? t('day.books.sale', { saleId: row.saleId }) : row.redemptionId?.slice(-8)}</td>
              <td className="queue__number">{row.discount === null ? '' : words.money(row.discount)}</td>
              <td>{row.fate && t(`day.journal.fates.${row.fate}`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function whatWords(words: Words, { type, action, reason }: JournalRow): string {
  const kind = EVENT_TYPES.some((one) => one === type) ? words.t(`offline.queue.types.${type}`) : type
  const why = reason === null || type !== 'refusal' ? reason : wordsOfReason(words, reason)
  return [kind, action, why].filter((part) => part !== null && part !== '').join(' · ')
}

const wordsOfReason = (words: Words, reason: string): string =>
  words.reason({ reason, reasonGroup: 'integration', params: {} }).text
