import { useEffect, useRef, useState } from 'react'
import type { CounterState } from '../../../core/counter/state.ts'
import { Button } from '../../ui/Button.tsx'
import { BackspaceIcon, BarcodeIcon, BasketIcon, CrossIcon } from '../../ui/icons.tsx'
import { Keypad, type KeypadKey } from '../../ui/Keypad.tsx'
import { Title } from '../../ui/Title.tsx'
import { useWords, type Words } from '../../words/useWords.ts'
import { isPending, unitPriceOf } from './amountEntry.ts'
import { totalOf } from './lines.ts'
import { PosPurchase } from './PosPurchase.tsx'
import { SampleBaskets } from './SampleBaskets.tsx'
import type { PurchaseAccess } from './usePurchase.ts'

/** What the customer buys: lines, their total, and the keys that enter one. */
export function PurchasePane({ state, purchase }: { state: CounterState; purchase: PurchaseAccess }) {
  const words = useWords()
  const { t } = words
  const [samplesOpen, setSamplesOpen] = useState(false)
  const { sale } = state.purchase
  if (sale !== undefined) return <PosPurchase state={state} posName={sale.posName} />
  return (
    <section className="purchase" aria-labelledby="purchase-title">
      <header className="paneHeader">
        <h2 id="purchase-title">{t('purchase.title')}</h2>
        {state.simulator && state.simulator.baskets.length > 0 && (
          <Button look="quiet" icon={<BasketIcon />} aria-haspopup="dialog" onClick={() => setSamplesOpen(true)}>
            {t('purchase.samples')}
          </Button>
        )}
        <Button look="quiet" unavailable={purchase.lines.length === 0} onClick={purchase.clear}>
          {t('purchase.clear')}
        </Button>
      </header>
      <Lines state={state} purchase={purchase} />
      <p className="purchase__total">
        <span>{t('purchase.total')}</span>
        <bdi className="figure">{words.money(totalOf(purchase.lines))}</bdi>
      </p>
      <Entry state={state} purchase={purchase} words={words} />
      {samplesOpen && state.simulator && (
        <SampleBaskets
          baskets={state.simulator.baskets}
          onChoose={(basketId) => {
            setSamplesOpen(false)
            purchase.takeBasket(basketId)
          }}
          onClose={() => setSamplesOpen(false)}
        />
      )}
    </section>
  )
}

function Lines({ state, purchase }: { state: CounterState; purchase: PurchaseAccess }) {
  const words = useWords()
  const { t } = words
  const list = useRef<HTMLUListElement>(null)
  const count = purchase.lines.length
  // The newest line is what the cashier wants to see.
  useEffect(() => {
    if (count > 0) list.current?.scrollTo({ top: list.current.scrollHeight })
  }, [count])

  if (count === 0) return <p className="purchase__empty">{t('purchase.empty')}</p>
  return (
    <ul ref={list} className="purchase__lines" aria-label={t('purchase.lines')}>
      {purchase.lines.map((line) => {
        const label = line.label || plainLabel(words, state, line)
        const plain = line.quantity.value === 1 && line.quantity.scale === 0
        return (
          <li key={line.lineId} className="line">
            <span className="line__what">
              <Title text={label} />
              {!plain && (
                <span className="line__pieces">
                  {words.quantity(line.quantity)} × {words.money(line.unitPrice)}
                </span>
              )}
            </span>
            <bdi className="line__amount figure">{words.money(line.lineTotal)}</bdi>
            <button
              type="button"
              className="iconButton"
              aria-label={t('purchase.remove', { label })}
              onClick={() => purchase.remove(line.lineId)}
            >
              <CrossIcon />
            </button>
          </li>
        )
      })}
    </ul>
  )
}

function Entry({ state, purchase, words }: { state: CounterState; purchase: PurchaseAccess; words: Words }) {
  const { t } = words
  const pending = isPending(purchase.entry)
  const amount = words.money(unitPriceOf(purchase.entry))
  return (
    <div className="entry">
      <output className={`entry__amount${pending ? ' entry__amount--pending' : ''}`} aria-label={t('purchase.amount')}>
        {purchase.problem ? (
          <span className="entry__problem">{t(`purchase.${purchase.problem}`)}</span>
        ) : (
          <bdi className="figure">
            {purchase.item !== null && !pending && <span className="entry__ask">{t('cashier.item.price')} </span>}
            {purchase.entry.times !== null && `${words.quantity({ value: purchase.entry.times, scale: 0 })} × `}
            {amount}
          </bdi>
        )}
      </output>
      {purchase.item !== null && (
        <div className="entry__item">
          <BarcodeIcon />
          <bdi className="figure">{t('cashier.item.scanned', { gtin: printedGtin(purchase.item) })}</bdi>
          <Button look="primary" unavailable={!pending} onClick={() => purchase.add()}>
            {t('cashier.item.add')}
          </Button>
          <button
            type="button"
            className="iconButton"
            aria-label={t('cashier.item.cancel')}
            onClick={purchase.dropItem}
          >
            <CrossIcon />
          </button>
        </div>
      )}
      <div className="entry__keys">
        <Keypad label={t('purchase.keypad')} keys={amountKeys(words)} onKey={(key) => purchase.press(key)} />
        <fieldset className="categories">
          <legend className="visuallyHidden">{t('purchase.categories')}</legend>
          {state.categories.map(({ category, label, labels }) => {
            const name = words.label(label, labels)
            return (
              <button
                key={category}
                type="button"
                className={`category${category === purchase.marked ? ' category--marked' : ''}`}
                aria-label={pending ? t('purchase.add', { amount, category: name }) : name}
                aria-disabled={!pending || undefined}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => purchase.add(category)}
              >
                <span>{name}</span>
                {category === purchase.marked && (
                  <span className="hint" aria-hidden="true">
                    +
                  </span>
                )}
              </button>
            )
          })}
        </fieldset>
      </div>
    </div>
  )
}

/** `4901234567894`, as it is printed under the barcode, for GTIN-14 `04901234567894`. */
const printedGtin = (gtin: string): string => gtin.replace(/^0+(?=\d{8,})/, '')

/** A line that nobody named: its category, or the number of the product that was scanned. */
function plainLabel(words: Words, state: CounterState, { gtin, category }: CounterState['purchase']['lines'][number]) {
  if (category === undefined && gtin !== undefined) return words.t('cashier.item.scanned', { gtin: printedGtin(gtin) })
  return categoryLabel(words, state, category)
}

function categoryLabel(words: Words, state: CounterState, category: string | undefined): string {
  const known = state.categories.find((candidate) => candidate.category === category)
  return known ? words.label(known.label, known.labels) : (category ?? words.t('purchase.other'))
}

function amountKeys({ t }: Words): KeypadKey[] {
  const digits = ['7', '8', '9', '4', '5', '6', '1', '2', '3', '0', '00'].map((key) => ({ key, face: key }))
  return [
    ...digits,
    { key: 'times', face: '×', label: t('purchase.times'), look: 'function' },
    { key: 'clear', face: 'C', label: t('purchase.clearAmount'), look: 'function' },
    { key: 'backspace', face: <BackspaceIcon />, label: t('purchase.backspace'), look: 'function', wide: true },
  ]
}
