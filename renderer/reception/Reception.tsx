import { useCallback, useEffect, useState } from 'react'
import type { CounterState } from '../../core/counter/state.ts'
import type { WedgeKey } from '../../core/readers/protocol.ts'
import { useSend } from '../client/counterContext.tsx'
import type { ManagerPart } from '../managerScreen/managerPart.ts'
import { OverrideStrip } from '../offline/OverrideStrip.tsx'
import { useSpeech } from '../sounds/speech.ts'
import { momentOf, useOutcomeSounds } from '../sounds/useOutcomeSounds.ts'
import { useWedge } from '../wedge/useWedge.ts'
import { recall, remember } from '../words/remembered.ts'
import { useWords } from '../words/useWords.ts'
import { type DeskWindow, DeskWindows } from './desk/DeskWindows.tsx'
import { Notices } from './Notices.tsx'
import { totalOf } from './purchase/lines.ts'
import { PurchasePane } from './purchase/PurchasePane.tsx'
import { usePurchase } from './purchase/usePurchase.ts'
import { Simulator } from './simulator/Simulator.tsx'
import type { Look } from './status/look.ts'
import { ReadersDialog } from './status/ReadersDialog.tsx'
import { StatusBar } from './status/StatusBar.tsx'
import { useShortcuts } from './useShortcuts.ts'
import { announcement } from './visit/announce.ts'
import { KeyedDialog } from './visit/KeyedDialog.tsx'
import { VisitPane } from './visit/VisitPane.tsx'

/** Wide enough for the simulator beside everything else; on a smaller screen it covers the purchase. */
const ROOM_FOR_SIMULATOR = '(min-width: 90em)'

/** The reception terminal: the purchase, the customer's visit, and the state of the counter. */
export function Reception({
  state,
  look,
  onManage,
}: {
  state: CounterState
  look: Look
  onManage: (screen: ManagerPart) => void
}) {
  const words = useWords()
  const send = useSend()
  const purchase = usePurchase(state)
  const [opened, setOpened] = useState<'keyed' | 'readers' | DeskWindow | null>(null)
  const simulator = useSimulatorDrawer()
  useShortcuts(purchase)
  const outcome = announcement(words, state.visit, totalOf(purchase.lines))
  useOutcomeSounds(state.visit, look.sound === 'off', state.settings.values.volume / 100)
  useSpeech(outcome, momentOf(state.visit), words.language, look.sound !== 'spoken')
  useWedge(
    true,
    useCallback(
      (keys: WedgeKey[]) => {
        // A card that is to give a code begins no visit.
        setOpened((now) => (now === 'customerCode' ? now : null))
        void send({ type: 'wedgeKeys', keys })
      },
      [send],
    ),
  )
  const { phase } = state.visit
  useEffect(() => {
    // The next customer is there: nothing may lie over the visit.
    if (phase === 'reading' || phase === 'searching') setOpened(null)
  }, [phase])
  const drawn = simulator.open ? state.simulator : null

  return (
    <div className={`reception${drawn ? ' reception--simulator' : ''}`}>
      <StatusBar
        state={state}
        look={look}
        simulatorOpen={drawn !== null}
        onToggleSimulator={simulator.toggle}
        onOpenReaders={() => setOpened('readers')}
        onDesk={setOpened}
        onManage={onManage}
      />
      <div className="notices">
        <OverrideStrip overrides={state.offline.overrides} />
        <Notices notices={state.notices} clock={state.clock} connection={state.connection} />
      </div>
      <main className="panes">
        <PurchasePane state={state} purchase={purchase} />
        <VisitPane
          state={state}
          total={totalOf(purchase.lines)}
          onTypeNumber={() => setOpened('keyed')}
          onLookAtReaders={() => setOpened('readers')}
          onCallManager={() => onManage('offline')}
        />
      </main>
      {drawn && <Simulator simulator={drawn} onClose={simulator.toggle} />}
      <p className="visuallyHidden" aria-live="assertive">
        {outcome}
      </p>
      {(opened === 'shift' || opened === 'recent' || opened === 'staffCard' || opened === 'customerCode') && (
        <DeskWindows opened={opened} state={state} onClose={() => setOpened(null)} />
      )}
      {opened === 'keyed' && <KeyedDialog onClose={() => setOpened(null)} />}
      {opened === 'readers' && (
        <ReadersDialog readers={state.readers} onSetUp={() => onManage('readers')} onClose={() => setOpened(null)} />
      )}
    </div>
  )
}

/** Open as it was left; the first time, where there is room for it. */
function useSimulatorDrawer(): { open: boolean; toggle: () => void } {
  const [open, setOpen] = useState(
    () =>
      (recall('simulator', ['open', 'closed']) ?? (matchMedia(ROOM_FOR_SIMULATOR).matches ? 'open' : 'closed')) ===
      'open',
  )
  const toggle = useCallback(() => {
    setOpen((before) => {
      remember('simulator', before ? 'closed' : 'open')
      return !before
    })
  }, [])
  return { open, toggle }
}
