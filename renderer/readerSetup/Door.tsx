import { useEffect, useRef, useState } from 'react'
import type { CommandResult } from '../../core/counter/commands.ts'
import type { CounterState } from '../../core/counter/state.ts'
import { Button } from '../ui/Button.tsx'
import { PinForm } from '../ui/PinForm.tsx'
import { usePinAsk } from '../ui/usePinAsk.ts'
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
          <ManagerPin operator={chosen} cashier={state.cashier?.name ?? ''} onOpen={onOpen} onBack={onLeave} />
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

function ManagerPin({
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
  const ask = usePinAsk({
    send: (pin) => onOpen(operator.operatorId, pin),
    otherwise: () => t('readerSetup.door.busy'),
  })
  return (
    <PinForm
      name={operator.name}
      words={t('readerSetup.door.words', { name: cashier })}
      label={t('readerSetup.door.pin')}
      submit={t('readerSetup.door.submit')}
      ask={ask}
      onBack={onBack}
    />
  )
}
