import { useCallback, useEffect, useState } from 'react'
import type { ReaderSetup } from '../../core/counter/readerSetup.ts'
import type { CounterState } from '../../core/counter/state.ts'
import { ManagerHeader } from '../managerScreen/ManagerHeader.tsx'
import { useEscape } from '../managerScreen/useEscape.ts'
import { RefusalNotice } from '../notice/RefusalNotice.tsx'
import { Simulator } from '../reception/simulator/Simulator.tsx'
import { SimulatorButton } from '../reception/simulator/SimulatorButton.tsx'
import { useScreenWedge } from '../wedge/useScreenWedge.ts'
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
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const [simulating, setSimulating] = useState(false)
  const identified = setup.identify?.readerId ?? null
  const shown = chosen ?? firstOf(setup)
  const reader = shown !== null && shown !== 'add' ? setup.readers.find((one) => one.readerId === shown.readerId) : null
  useScreenWedge()
  useEffect(() => {
    if (identified !== null) setChosen({ readerId: identified })
  }, [identified])
  const leave = useCallback(() => void ask({ do: 'close' }), [ask])
  useEscape(leave)

  /** A test or a search belongs to the reader that is looked at. */
  const choose = (next: Chosen) => {
    setChosen(next)
    if (setup.test) void ask({ do: 'test', readerId: null })
    if (setup.detection?.status === 'waiting') void ask({ do: 'detectSerial', path: null })
  }
  return (
    <div className={`setup${simulating && simulator ? ' setup--simulator' : ''}`}>
      <ManagerHeader
        title={t('readerSetup.title')}
        paused={t('readerSetup.paused')}
        managerName={setup.operator?.name ?? ''}
        endsAt={setup.endsAt ?? 0}
        onLeave={leave}
      >
        {simulator && <SimulatorButton open={simulating} onToggle={() => setSimulating(!simulating)} />}
      </ManagerHeader>
      <div className="setup__problem" aria-live="polite">
        <RefusalNotice />
      </div>
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
