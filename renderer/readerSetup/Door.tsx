import { type FormEvent, useEffect, useRef, useState } from 'react'
import type { CommandResult } from '../../core/counter/commands.ts'
import type { CounterState } from '../../core/counter/state.ts'
import { Button } from '../ui/Button.tsx'
import { PinEntry } from '../ui/PinEntry.tsx'
import { useNow } from '../ui/useNow.ts'
import { useWords } from '../words/useWords.ts'

/** Asks the counter to open a manager's screen. */
export type OpenDoor = (operatorId: string, pin: string) => Promise<CommandResult>

/**
 * A manager's PIN in front of a manager's screen. It is no dialog and holds nothing up: cards are still read for the cashier, and
 * the first one closes it.
 */
export function Door({ state, onOpen, onLeave }: { state: CounterState; onOpen: OpenDoor; onLeave: () => void }) {
  const { t } = useWords()
  const managers = state.operators.filter(({ manages }) => manages)
  const [chosen, setChosen] = useState(managers.length === 1 ? (managers[0] ?? null) : null)
  const { phase } = state.visit
  const before = useRef(phase)
  useEffect(() => {
    if (before.current !== phase) onLeave()
  }, [phase, onLeave])
  return (
    <div className="start door">
      <main
        className="start__main"
        onKeyDown={(event) => {
          if (event.key === 'Escape') onLeave()
        }}
      >
        {chosen ? (
          <PinForm operator={chosen} cashier={state.cashier?.name ?? ''} onOpen={onOpen} onBack={onLeave} />
        ) : (
          <section className="startCard startCard--wide stack" aria-labelledby="who">
            <h1 id="who">{t('readerSetup.door.title')}</h1>
            {managers.length === 0 && <p>{t('readerSetup.door.nobody')}</p>}
            <ul className="operators">
              {managers.map((operator, index) => (
                <li key={operator.operatorId}>
                  <button
                    type="button"
                    className="operator"
                    // biome-ignore lint/a11y/noAutofocus: the first thing to choose on this screen
                    autoFocus={index === 0}
                    onClick={() => setChosen(operator)}
                  >
                    <bdi>{operator.name}</bdi>
                  </button>
                </li>
              ))}
            </ul>
            <Button size="large" keys="Escape" onClick={onLeave}>
              {t('cancel')}
            </Button>
          </section>
        )}
      </main>
    </div>
  )
}

function PinForm({
  operator,
  cashier,
  onOpen,
  onBack,
}: {
  operator: CounterState['operators'][number]
  cashier: string
  onOpen: OpenDoor
  onBack: () => void
}) {
  const { t } = useWords()
  const [pin, setPin] = useState('')
  const [asking, setAsking] = useState(false)
  const [problem, setProblem] = useState<{ reason: string; retryAt: number } | null>(null)
  const field = useRef<HTMLInputElement>(null)
  const now = useNow(500)
  const seconds = Math.max(0, Math.ceil(((problem?.retryAt ?? 0) - now) / 1_000))
  const unavailable = pin === '' || asking || seconds > 0
  useEffect(() => field.current?.focus(), [])

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (unavailable) return
    setAsking(true)
    const entered = pin
    setPin('')
    const answer = await onOpen(operator.operatorId, entered)
    setAsking(false)
    const retryAt = answer.ok ? 0 : Number(answer.params.retryAt ?? 0)
    setProblem(answer.ok ? null : { reason: answer.reason, retryAt })
    field.current?.focus()
  }
  const told =
    seconds > 0
      ? t('signIn.throttled', { seconds })
      : problem === null
        ? ''
        : t(problem.reason === 'operator_not_allowed' ? 'signIn.wrong' : 'readerSetup.door.busy')

  return (
    <form className="startCard stack" onSubmit={submit}>
      <h1>
        <bdi>{operator.name}</bdi>
      </h1>
      <p className="soft">{t('readerSetup.door.words', { name: cashier })}</p>
      <PinEntry
        name={operator.name}
        label={t('readerSetup.door.pin')}
        pin={pin}
        problem={told}
        field={field}
        onPin={setPin}
      />
      <div className="row">
        <Button size="large" onClick={onBack}>
          {t('cancel')}
        </Button>
        <Button submit look="primary" size="large" unavailable={unavailable} aria-busy={asking || undefined}>
          {t('readerSetup.door.submit')}
        </Button>
      </div>
    </form>
  )
}
