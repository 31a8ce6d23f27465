import type { Certainty } from '../../../core/counter/certainty.ts'
import type { CounterState } from '../../../core/counter/state.ts'
import { useSend } from '../../client/counterContext.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Title } from '../../ui/Title.tsx'
import { useWords } from '../../words/useWords.ts'

/** What a slip is about; the counter prints it from what it has on disk. */
export interface SlipOf {
  readonly redemptionId: string
  /** Epoch milliseconds. */
  readonly at: number
  readonly cashier: string | null
  readonly certainty: Certainty
  readonly lines: readonly {
    readonly title: string
    readonly titles: Record<string, string>
    readonly discount: number
  }[]
  readonly totalDiscount: number
  readonly undone: boolean
}

/** The slip of one redemption on the screen, and on paper where this counter has a printer. */
export function SlipDialog({
  slip,
  state,
  onClose,
}: {
  slip: SlipOf
  state: Pick<CounterState, 'enrolment' | 'printer' | 'training'>
  onClose: () => void
}) {
  const words = useWords()
  const { t, language } = words
  const send = useSend()
  const { printer, enrolment, training } = state
  const storeName = enrolment.status === 'enrolled' ? enrolment.storeName : ''
  return (
    <Dialog title={t('slip.title')} onClose={onClose} givesFocusBack={false}>
      <div className="slip">
        <p className="slip__store">
          <bdi>{storeName}</bdi>
        </p>
        {training && <p className="slip__mark">{t('slip.paper.training')}</p>}
        {slip.undone && <p className="slip__mark">{t('slip.paper.undone')}</p>}
        <p className="soft">
          <bdi>{words.moment(slip.at)}</bdi>
          {slip.cashier && (
            <>
              {' · '}
              <bdi>{slip.cashier}</bdi>
            </>
          )}
        </p>
        <ul className="slip__lines">
          {slip.lines.map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two coupons of one campaign look alike
            <li key={index}>
              <Title text={words.title(line)} lines={2} />
              <bdi className="figure">{words.discount(line.discount)}</bdi>
            </li>
          ))}
          <li className="slip__total">
            <span>{t('slip.paper.total')}</span>
            <bdi className="figure">{words.discount(slip.totalDiscount)}</bdi>
          </li>
        </ul>
        <p>{t(`slip.paper.${slip.certainty}`)}</p>
        <p className="slip__number">
          {t('slip.number')} <bdi>{slip.redemptionId}</bdi>
        </p>
      </div>
      <p role="status" className={printer?.fault ? 'inlineProblem' : 'soft'}>
        {printer?.fault ? t(`slip.failed.${printer.fault}`) : printer?.state === 'printed' ? t('slip.printed') : ''}
      </p>
      <div className="row">
        <Button size="large" data-autofocus="" onClick={onClose}>
          {t('slip.close')}
        </Button>
        {printer && (
          <Button
            size="large"
            look="primary"
            aria-busy={printer.state === 'printing' || undefined}
            unavailable={printer.state === 'printing'}
            onClick={() => void send({ type: 'printSlip', redemptionId: slip.redemptionId, language })}
          >
            {t(printer.state === 'idle' ? 'slip.print' : printer.state === 'printing' ? 'slip.printing' : 'slip.again')}
          </Button>
        )}
      </div>
    </Dialog>
  )
}
