import { type FormEvent, useEffect, useRef, useState } from 'react'
import type { CounterState } from '../../../core/counter/state.ts'
import { useSend } from '../../client/counterContext.tsx'
import { Button } from '../../ui/Button.tsx'
import { CardIcon } from '../../ui/icons.tsx'
import { PinEntry } from '../../ui/PinEntry.tsx'
import { useNow } from '../../ui/useNow.ts'
import { useWords, type Words } from '../../words/useWords.ts'
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
        <PinForm operator={chosen} signIn={state.signIn} onBack={() => setOperatorId(null)} />
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
  const waitSeconds = useWaitSeconds(signIn)
  if (!signIn.byCard) return null
  const problem = signIn.problem === 'unknown_card' ? t('cashier.staffCard.unknown') : ''
  return (
    <>
      <p className="cardHint">
        <CardIcon />
        {t('cashier.staffCard.signIn')}
      </p>
      <p className="inlineProblem" role="alert">
        {waitSeconds > 0 ? t('signIn.throttled', { seconds: waitSeconds }) : problem}
      </p>
    </>
  )
}

function PinForm({
  operator,
  signIn,
  onBack,
}: {
  operator: CounterState['operators'][number]
  signIn: CounterState['signIn']
  onBack: () => void
}) {
  const words = useWords()
  const { t } = words
  const send = useSend()
  const [pin, setPin] = useState('')
  const [asking, setAsking] = useState(false)
  const [tried, setTried] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const waitSeconds = useWaitSeconds(signIn)
  const problem = tried || waitSeconds > 0 ? problemWords(words, signIn, waitSeconds) : ''
  const unavailable = pin === '' || asking || waitSeconds > 0
  useEffect(() => field.current?.focus(), [])

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (unavailable) return
    setAsking(true)
    setTried(true)
    const entered = pin
    setPin('')
    await send({ type: 'signIn', operatorId: operator.operatorId, pin: entered })
    setAsking(false)
    field.current?.focus()
  }

  return (
    <form
      className="startCard stack"
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onBack()
      }}
    >
      <h1>
        <bdi>{operator.name}</bdi>
      </h1>
      <PinEntry
        name={operator.name}
        label={t('signIn.pinFor')}
        pin={pin}
        problem={problem}
        field={field}
        onPin={setPin}
      />
      <div className="row">
        <Button size="large" onClick={onBack}>
          {t('cancel')}
        </Button>
        <Button submit look="primary" size="large" unavailable={unavailable} aria-busy={asking || undefined}>
          {t('signIn.submit')}
        </Button>
      </div>
    </form>
  )
}

function problemWords({ t }: Words, { problem }: CounterState['signIn'], seconds: number): string {
  if (seconds > 0) return t('signIn.throttled', { seconds })
  return problem === 'wrong' ? t('signIn.wrong') : ''
}

function useWaitSeconds({ problem, retryAt }: CounterState['signIn']): number {
  const now = useNow(500)
  return problem === 'throttled' && retryAt !== null ? Math.max(0, Math.ceil((retryAt - now) / 1_000)) : 0
}

function initials(name: string): string {
  const letters = name.split(/\s+/).map((part) => [...part][0] ?? '')
  return letters.slice(0, 2).join('').toUpperCase()
}
