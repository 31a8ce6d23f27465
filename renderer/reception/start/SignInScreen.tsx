import { useState } from 'react'
import type { CounterState } from '../../../core/counter/state.ts'
import { useSend } from '../../client/counterContext.tsx'
import { CardIcon } from '../../ui/icons.tsx'
import { PinForm } from '../../ui/PinForm.tsx'
import { useSecondsUntil } from '../../ui/useNow.ts'
import { usePinAsk } from '../../ui/usePinAsk.ts'
import { useWords } from '../../words/useWords.ts'
import { LastShift } from '../desk/LastShift.tsx'
import { StartFrame } from './StartFrame.tsx'

/** Who is at this counter: a name, then that person's PIN. */
export function SignInScreen({ state }: { state: CounterState }) {
  const { t } = useWords()
  const [operatorId, setOperatorId] = useState<string | null>(null)
  const chosen = state.operators.find((operator) => operator.operatorId === operatorId)
  const storeName = state.enrolment.status === 'enrolled' ? state.enrolment.storeName : ''
  return (
    <StartFrame storeName={storeName}>
      {state.lastShift ? (
        <LastShift shift={state.lastShift} />
      ) : chosen ? (
        <CashierPin operator={chosen} signIn={state.signIn} onBack={() => setOperatorId(null)} />
      ) : (
        <section className="startCard startCard--wide stack" aria-labelledby="who">
          <h1 id="who">{t('signIn.title')}</h1>
          {state.operators.length === 0 && <p>{t('signIn.nobody')}</p>}
          <CardHint signIn={state.signIn} />
          <ul className="operators">
            {state.operators.map((operator, index) => (
              <li key={operator.operatorId}>
                <button
                  type="button"
                  className="operator"
                  // biome-ignore lint/a11y/noAutofocus: the first thing to choose on this screen
                  autoFocus={index === 0}
                  onClick={() => setOperatorId(operator.operatorId)}
                >
                  <span className="operator__initials" aria-hidden="true">
                    {initials(operator.name)}
                  </span>
                  <bdi>{operator.name}</bdi>
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </StartFrame>
  )
}

/** Whoever has linked a card may hold it to the reader instead; what became of the last one is said here. */
function CardHint({ signIn }: { signIn: CounterState['signIn'] }) {
  const { t } = useWords()
  const waitSeconds = useSecondsUntil(waitUntil(signIn))
  if (!signIn.byCard) return null
  const problem = signIn.problem === 'unknown_card' ? t('cashier.staffCard.unknown') : ''
  return (
    <>
      <p className="pictured">
        <CardIcon />
        {t('cashier.staffCard.signIn')}
      </p>
      <p className="inlineProblem" role="alert">
        {waitSeconds > 0 ? t('signIn.throttled', { seconds: waitSeconds }) : problem}
      </p>
    </>
  )
}

function CashierPin({
  operator,
  signIn,
  onBack,
}: {
  operator: CounterState['operators'][number]
  signIn: CounterState['signIn']
  onBack: () => void
}) {
  const { t } = useWords()
  const send = useSend()
  const ask = usePinAsk({
    send: (pin) => send({ type: 'signIn', operatorId: operator.operatorId, pin }),
    otherwise: () => '',
    waitUntil: waitUntil(signIn),
  })
  return (
    <PinForm name={operator.name} label={t('signIn.pinFor')} submit={t('signIn.submit')} ask={ask} onBack={onBack} />
  )
}

/** Epoch milliseconds before which no PIN and no card is taken; 0: one is taken now. */
function waitUntil({ problem, retryAt }: CounterState['signIn']): number {
  return problem === 'throttled' ? (retryAt ?? 0) : 0
}

function initials(name: string): string {
  const letters = name.split(/\s+/).map((part) => [...part][0] ?? '')
  return letters.slice(0, 2).join('').toUpperCase()
}
