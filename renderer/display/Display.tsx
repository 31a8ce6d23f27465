import { useSyncExternalStore } from 'react'
import type { DisplayState } from '../../core/counter/display.ts'
import { Title } from '../ui/Title.tsx'
import { CurrencyContext, useWords } from '../words/useWords.ts'
import type { DisplayLine } from './displayLine.ts'
import { Stage } from './Stage.tsx'

/** The customer's screen: what is bought, what comes off it, what to do now. Nothing on it can be pressed. */
export function Display({ line }: { line: DisplayLine }) {
  const state = useSyncExternalStore(line.subscribe, line.state)
  return (
    <CurrencyContext value={state?.currency ?? 'JPY'}>
      <Screen state={state} />
    </CurrencyContext>
  )
}

function Screen({ state }: { state: DisplayState | null }) {
  const { t } = useWords()
  return (
    <div className={`display${state && state.lines.length > 0 ? ' display--basket' : ''}`}>
      <header className="display__top">
        <h1 className="visuallyHidden">{t('display.title')}</h1>
        {state?.training && <p className="display__training">{t('display.training')}</p>}
      </header>
      {state === null ? (
        <main className="stage stage--quiet">
          <h2>{t('display.lost')}</h2>
        </main>
      ) : (
        <>
          {state.lines.length > 0 && <Basket state={state} />}
          <Stage state={state} />
        </>
      )}
    </div>
  )
}

/** The last lines of the purchase; a customer looks at the newest. */
const SHOWN_LINES = 7

function Basket({ state }: { state: DisplayState }) {
  const words = useWords()
  const { t } = words
  const { lines, total, now } = state
  const discount = now.stage === 'offers' || now.stage === 'approved' ? now.totalDiscount : 0
  return (
    <section className="basket" aria-labelledby="basket">
      <h2 id="basket">{t('display.items')}</h2>
      <ul className="basket__lines">
        {lines.slice(-SHOWN_LINES).map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identifier here, on purpose
          <li key={index}>
            <Title text={words.label(line.label, line.labels) || t('purchase.other')} lines={1} />
            {line.quantity.value !== 1 && <span>× {words.quantity(line.quantity)}</span>}
            <bdi className="figure">{words.money(line.lineTotal)}</bdi>
          </li>
        ))}
      </ul>
      <dl className="basket__sum">
        <div>
          <dt>{t('display.total')}</dt>
          <dd>
            <bdi className="figure">{words.money(total)}</bdi>
          </dd>
        </div>
        {discount > 0 && (
          <div className="basket__pay">
            <dt>{t('display.toPay')}</dt>
            <dd>
              <bdi className="figure">{words.money(Math.max(0, total - discount))}</bdi>
            </dd>
          </div>
        )}
      </dl>
    </section>
  )
}
