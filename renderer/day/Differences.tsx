import type { Difference } from '../../core/counter/reconciliation.ts'
import { useWords } from '../words/useWords.ts'

/** Where a book has nothing of it. */
const NOTHING = '–'

/** What the books do not agree on, the most urgent first; each by name, with what each side has. */
export function Differences({
  differences,
  wasAsked,
}: {
  readonly differences: readonly Difference[]
  /** The server's books are among them. */
  readonly wasAsked: boolean
}) {
  const words = useWords()
  const { t } = words
  if (differences.length === 0) {
    return <p className="day__agree">{t(wasAsked ? 'day.books.agree' : 'day.books.agreeAlone')}</p>
  }
  const amount = (value: number | null) => (value === null ? NOTHING : words.money(value))
  return (
    <>
      <h3 id="differences-title">{t('day.books.differences')}</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by keyboard */}
      <section className="queue__scroll" aria-labelledby="differences-title" tabIndex={0}>
        <table className="queue" aria-labelledby="differences-title">
          <thead>
            <tr>
              <th scope="col">{t('day.journal.when')}</th>
              <th scope="col">{t('day.journal.what')}</th>
              <th scope="col">{t('day.journal.of')}</th>
              <th scope="col" className="queue__number">
                {t('day.books.counter')}
              </th>
              <th scope="col" className="queue__number">
                {t('day.books.server')}
              </th>
              <th scope="col" className="queue__number">
                {t('day.books.pos')}
              </th>
            </tr>
          </thead>
          <tbody>
            {differences.map((found) => (
              <tr
                key={`${found.kind} ${found.redemptionId} ${found.posName} ${found.saleId}`}
                className={CALM.includes(found.kind) ? undefined : 'queue__aside'}
              >
                <td>{words.moment(found.at)}</td>
                <td>{t(`day.books.kinds.${found.kind}`)}</td>
                <td>
                  <bdi>{found.posName}</bdi>{' '}
                  {found.saleId === null
                    ? (found.redemptionId?.slice(-8) ?? '')
                    : t('day.books.sale', { saleId: found.saleId })}
                </td>
                <td className="queue__number">{amount(found.counter)}</td>
                <td className="queue__number">{amount(found.server)}</td>
                <td className="queue__number">{amount(found.pos)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  )
}

/** Nobody has to do anything about these. */
const CALM: readonly Difference['kind'][] = ['waiting', 'by_hand']
