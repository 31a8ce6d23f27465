import type { SampleBasket } from '../../../core/counter/state.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { useWords } from '../../words/useWords.ts'

/** Ready-made purchases of the demonstration. */
export function SampleBaskets({
  baskets,
  onChoose,
  onClose,
}: {
  baskets: readonly SampleBasket[]
  onChoose: (basketId: string) => void
  onClose: () => void
}) {
  const words = useWords()
  return (
    <Dialog title={words.t('simulator.baskets')} onClose={onClose} givesFocusBack={false}>
      <p className="soft">{words.t('simulator.basketsIntro')}</p>
      <ul className="choices">
        {baskets.map((basket) => (
          <li key={basket.basketId}>
            <button type="button" className="choice" onClick={() => onChoose(basket.basketId)}>
              <span className="choice__name">{words.label(basket.name, basket.names)}</span>
              <bdi className="figure">{words.money(basket.purchase.total)}</bdi>
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
