import type { CounterState } from '../../../core/counter/state.ts'
import { unreachable } from '../../../core/outcome.ts'
import { useSend } from '../../client/counterContext.tsx'
import { Button } from '../../ui/Button.tsx'
import { CrossIcon, KeyboardIcon, ReaderIcon, UndoIcon } from '../../ui/icons.tsx'
import { Title } from '../../ui/Title.tsx'
import { useWords } from '../../words/useWords.ts'
import { worksNow } from '../status/readers.ts'
import { PrimaryAction } from './ActionBar.tsx'
import { Approved } from './Approved.tsx'
import { Offers } from './Offers.tsx'
import { Outcome } from './Outcome.tsx'
import { TapPicture, Waiting } from './Waiting.tsx'

interface VisitPaneProps {
  readonly state: CounterState
  readonly total: number
  readonly onTypeNumber: () => void
  readonly onLookAtReaders: () => void
  readonly onCallManager: () => void
}

/** The customer's visit: one screen for each of its moments. */
export function VisitPane({ state, total, onTypeNumber, onLookAtReaders, onCallManager }: VisitPaneProps) {
  const { t } = useWords()
  const { visit } = state
  switch (visit.phase) {
    case 'idle':
      return <Idle state={state} onTypeNumber={onTypeNumber} onLookAtReaders={onLookAtReaders} />
    case 'reading':
      return <Waiting look="working" title={t('reading.title')} text={t('reading.words')} picture={<TapPicture />} />
    case 'searching':
      return (
        <Waiting look="working" title={t('searching.title')} text={t('searching.words')} picture={<TapPicture />} />
      )
    case 'offers':
    case 'approving':
      return <Offers visit={visit} total={total} />
    case 'approved':
      return <Approved key={visit.redemptionId} visit={visit} state={state} />
    case 'refused':
      return (
        <Refused visit={visit} training={state.training} onTypeNumber={onTypeNumber} onCallManager={onCallManager} />
      )
    case 'undoing':
      return <Waiting look="working" title={t('undoing.title')} text={t('undoing.words')} picture={<TapPicture />} />
    case 'undone':
      return <Undone visit={visit} />
    default:
      return unreachable(visit)
  }
}

function TypeNumber({ onTypeNumber }: { onTypeNumber: () => void }) {
  const { t } = useWords()
  return (
    <Button size="large" icon={<KeyboardIcon />} keys="F4" aria-haspopup="dialog" onClick={onTypeNumber}>
      {t('idle.type')}
    </Button>
  )
}

function Idle({ state, onTypeNumber, onLookAtReaders }: Omit<VisitPaneProps, 'total' | 'onCallManager'>) {
  const { t } = useWords()
  const works = state.readers.some(worksNow)
  return (
    <Waiting
      key={works ? 'ready' : 'trouble'}
      look={works ? 'ready' : 'trouble'}
      title={works ? t('idle.title') : t('idle.noReader')}
      text={works ? t(state.settings.oneTap ? 'idle.oneTapWords' : 'idle.words') : t('idle.noReaderWords')}
      picture={<TapPicture />}
    >
      {!works && (
        <Button size="large" icon={<ReaderIcon />} aria-haspopup="dialog" onClick={onLookAtReaders}>
          {t('idle.readers')}
        </Button>
      )}
      <TypeNumber onTypeNumber={onTypeNumber} />
    </Waiting>
  )
}

/** Bounds of working without the server that a manager at the counter may raise for a while, with a reason. */
const MANAGER_MAY_RAISE: readonly string[] = ['offline_limit_reached', 'snapshot_too_old']

function Refused({
  visit,
  training,
  onTypeNumber,
  onCallManager,
}: {
  visit: Extract<CounterState['visit'], { phase: 'refused' }>
  training: boolean
  onTypeNumber: () => void
  onCallManager: () => void
}) {
  const words = useWords()
  const { t } = words
  const send = useSend()
  const reason = words.reason(visit)
  const remaining = visit.bestRemaining && visit.bestRemaining.lines.length > 0 ? visit.bestRemaining : null
  const next = () => void send({ type: 'nextCustomer' })
  return (
    <Outcome
      look="refused"
      icon={<CrossIcon />}
      title={reason.text}
      text={reason.todo}
      actions={
        remaining ? (
          <>
            <Button size="large" keys="Escape" onClick={next}>
              {t('refused.next')}
            </Button>
            <PrimaryAction
              settle
              onPress={() =>
                void send({
                  type: 'approve',
                  select: { acquisitionIds: remaining.lines.map((line) => line.acquisitionId) },
                  expectedTotalDiscount: remaining.totalDiscount,
                })
              }
            >
              {t('refused.remaining', { amount: words.money(remaining.totalDiscount) })}
            </PrimaryAction>
          </>
        ) : (
          <>
            {visit.retryable && visit.reasonGroup === 'offline' ? (
              <Button size="large" onClick={() => void send({ type: 'lookAgain' })}>
                {t('cashier.refused.again')}
              </Button>
            ) : (
              <TypeNumber onTypeNumber={onTypeNumber} />
            )}
            {!training && MANAGER_MAY_RAISE.includes(visit.reason) && (
              <Button size="large" onClick={onCallManager}>
                {t('cashier.refused.manager')}
              </Button>
            )}
            <PrimaryAction settle keys="Enter F2 Escape" onPress={next}>
              {t('refused.next')}
            </PrimaryAction>
          </>
        )
      }
    >
      {visit.title && (
        <p className="outcome__coupon">
          <Title text={words.title({ title: visit.title, titles: visit.titles ?? {} })} />
        </p>
      )}
    </Outcome>
  )
}

function Undone({ visit }: { visit: Extract<CounterState['visit'], { phase: 'undone' }> }) {
  const words = useWords()
  const { t } = words
  const send = useSend()
  return (
    <Outcome
      look="undone"
      icon={<UndoIcon />}
      title={t(`undone.${visit.certainty === 'confirmed' ? 'confirmed' : 'stored'}`)}
      text={t(`undone.${visit.certainty}Words`, { amount: words.money(visit.totalDiscount) })}
      actions={
        <PrimaryAction settle keys="Enter F2 Escape" onPress={() => void send({ type: 'nextCustomer' })}>
          {t('approved.next')}
        </PrimaryAction>
      }
    />
  )
}
