import { useCallback, useEffect, useState } from 'react'
import type { ReaderSetup } from '../../core/counter/readerSetup.ts'
import type { CounterState } from '../../core/counter/state.ts'
import type { WedgeKey } from '../../core/readers/protocol.ts'
import { useRefusal, useSend } from '../client/counterContext.tsx'
import { Simulator } from '../reception/simulator/Simulator.tsx'
import { Button } from '../ui/Button.tsx'
import { WarnIcon } from '../ui/icons.tsx'
import { useNow } from '../ui/useNow.ts'
import { useWedge } from '../wedge/useWedge.ts'
import { useWords } from '../words/useWords.ts'
import { ReaderDetail } from './ReaderDetail.tsx'
import { ReaderList } from './ReaderList.tsx'
import { SerialForm } from './SerialForm.tsx'
import { useSetup } from './useSetup.ts'

/** What the right side shows: a reader, or a serial scanner that is being added. */
type Chosen = { readonly readerId: string } | 'add'

/** The manager's screen. Nothing on it is modal, and leaving it gives the readers back to the cashier. */
export function SetupScreen({ setup, simulator }: { setup: ReaderSetup; simulator: CounterState['simulator'] }) {
  const { t } = useWords()
  const ask = useSetup()
  const send = useSend()
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const [simulating, setSimulating] = useState(false)
  const identified = setup.identify?.readerId ?? null
  const shown = chosen ?? firstOf(setup)
  const reader = shown !== null && shown !== 'add' ? setup.readers.find((one) => one.readerId === shown.readerId) : null
  useWedge(
    true,
    useCallback((keys: WedgeKey[]) => void send({ type: 'wedgeKeys', keys }), [send]),
  )
  useEffect(() => {
    if (identified !== null) setChosen({ readerId: identified })
  }, [identified])
  useLeaveByEscape()

  /** A test or a search belongs to the reader that is looked at. */
  const choose = (next: Chosen) => {
    setChosen(next)
    if (setup.test) void ask({ do: 'test', readerId: null })
    if (setup.detection?.status === 'waiting') void ask({ do: 'detectSerial', path: null })
  }
  return (
    <div className={`setup${simulating && simulator ? ' setup--simulator' : ''}`}>
      <Header setup={setup} canSimulate={simulator !== null} simulating={simulating} onSimulate={setSimulating} />
      <Problem />
      <main className="setup__main">
        <ReaderList
          setup={setup}
          chosenId={reader?.readerId ?? null}
          adding={shown === 'add'}
          onChoose={(readerId) => choose({ readerId })}
          onAdd={() => choose('add')}
        />
        {/* Another reader begins at its top. */}
        <div key={reader?.readerId ?? 'add'} className="setup__detail">
          {shown === 'add' && (
            <article className="setupDetail stack" aria-labelledby="add-serial">
              <h2 id="add-serial">{t('readerSetup.serial.addTitle')}</h2>
              <p className="soft">{t('readerSetup.serial.addWords')}</p>
              <section className="setupPanel">
                <SerialForm setup={setup} preset={null} onDone={(path) => setChosen({ readerId: path })} />
              </section>
            </article>
          )}
          {reader && <ReaderDetail setup={setup} reader={reader} />}
        </div>
      </main>
      {simulating && simulator && <Simulator simulator={simulator} onClose={() => setSimulating(false)} />}
    </div>
  )
}

/** Until one is chosen. */
function firstOf({ readers }: ReaderSetup): Chosen | null {
  const first = readers[0]
  return first ? { readerId: first.readerId } : null
}

function Header({
  setup,
  canSimulate,
  simulating,
  onSimulate,
}: {
  setup: ReaderSetup
  canSimulate: boolean
  simulating: boolean
  onSimulate: (on: boolean) => void
}) {
  const { t } = useWords()
  const ask = useSetup()
  const now = useNow(10_000)
  const minutes = Math.max(1, Math.ceil((setup.endsAt - now) / 60_000))
  return (
    <header className="setup__header">
      <div className="setup__title">
        <h1>{t('readerSetup.title')}</h1>
        <p className="soft">
          <bdi>{setup.operator.name}</bdi> · {t('readerSetup.paused')} {t('readerSetup.endsIn', { minutes })}
        </p>
      </div>
      {canSimulate && (
        <button
          type="button"
          className="barButton"
          aria-expanded={simulating}
          aria-controls="simulator"
          onClick={() => onSimulate(!simulating)}
        >
          {t('simulator.title')}
        </button>
      )}
      <Button look="primary" keys="Escape" onClick={() => void ask({ do: 'close' })}>
        {t('readerSetup.back')}
      </Button>
    </header>
  )
}

function Problem() {
  const words = useWords()
  const { refusal, dismissRefusal } = useRefusal()
  return (
    <div className="setup__problem" aria-live="polite">
      {refusal && (
        <div className="notice notice--problem">
          <WarnIcon />
          <p className="notice__words">
            <strong>{words.reason(refusal).text}.</strong> {words.reason(refusal).todo}
          </p>
          <Button look="quiet" onClick={dismissRefusal}>
            {words.t('dismiss')}
          </Button>
        </div>
      )}
    </div>
  )
}

/** Escape leaves, wherever the focus is; a list that is open keeps it for itself. */
function useLeaveByEscape(): void {
  const ask = useSetup()
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing || event.repeat) return
      void ask({ do: 'close' })
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [ask])
}
