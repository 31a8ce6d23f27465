import type { CounterState } from '../../../core/counter/state.ts'
import { useSend } from '../../client/counterContext.tsx'
import { Button } from '../../ui/Button.tsx'
import { BasketIcon, WarnIcon } from '../../ui/icons.tsx'
import { Title } from '../../ui/Title.tsx'
import { useWords } from '../../words/useWords.ts'

/** The purchase of a POS: its lines as they are there, nothing to enter, and whether the POS is still there. */
export function PosPurchase({ state, posName }: { state: CounterState; posName: string }) {
  const words = useWords()
  const { t } = words
  const send = useSend()
  const { purchase, pos } = state
  const isGone = pos !== null && !pos.present
  return (
    <section className="purchase purchase--pos" aria-labelledby="purchase-title">
      <header className="paneHeader">
        <h2 id="purchase-title">{t('purchase.title')}</h2>
        <span className="purchase__from">
          <BasketIcon />
          <bdi>{t('day.onScreen.from', { name: posName })}</bdi>
        </span>
      </header>
      <ul className="purchase__lines" aria-label={t('purchase.lines')}>
        {purchase.lines.map((line) => {
          const category = state.categories.find((candidate) => candidate.category === line.category)
          const label = category ? words.label(category.label, category.labels) : t('purchase.other')
          const plain = line.quantity.value === 1 && line.quantity.scale === 0
          return (
            <li key={line.lineId} className="line">
              <span className="line__what">
                <Title text={line.label || label} />
                {!plain && (
                  <span className="line__pieces">
                    {words.quantity(line.quantity)} × {words.money(line.unitPrice)}
                  </span>
                )}
              </span>
              <bdi className="line__amount figure">{words.money(line.lineTotal)}</bdi>
            </li>
          )
        })}
      </ul>
      <p className="purchase__total">
        <span>{t('purchase.total')}</span>
        <bdi className="figure">{words.money(purchase.total)}</bdi>
      </p>
      <div className={`purchase__pos${isGone ? ' purchase__pos--gone' : ''}`} role="status">
        {isGone ? (
          <>
            <p className="purchase__gone">
              <WarnIcon />
              <strong>
                <bdi>{t('day.onScreen.gone', { name: posName })}</bdi>
              </strong>
            </p>
            <p>{t('day.onScreen.goneWords')}</p>
            <Button size="large" onClick={() => void send({ type: 'leavePos' })}>
              {t('day.onScreen.leave')}
            </Button>
          </>
        ) : (
          <p>{t('day.onScreen.words')}</p>
        )}
      </div>
    </section>
  )
}
