import { useEffect, useState } from 'react'
import { type CapLeft, capsLeft } from '../../../core/counter/offlineView.ts'
import type { CounterState } from '../../../core/counter/state.ts'
import { useSend } from '../../client/counterContext.tsx'
import type { ManagerPart } from '../../managerScreen/managerPart.ts'
import { leftWords, tightest } from '../../offline/capWords.ts'
import { BrandMark, MenuIcon, OfflineIcon, OnlineIcon, OutboxIcon, ReaderIcon, WarnIcon } from '../../ui/icons.tsx'
import { StatusChip, type Tone } from '../../ui/StatusChip.tsx'
import { Switch } from '../../ui/Switch.tsx'
import { useNow } from '../../ui/useNow.ts'
import { useWords, type Words } from '../../words/useWords.ts'
import type { DeskWindow } from '../desk/DeskWindows.tsx'
import { SimulatorButton } from '../simulator/SimulatorButton.tsx'
import { ConnectionDialog } from './ConnectionDialog.tsx'
import { connectionChip } from './connectionChip.ts'
import { KeysDialog } from './KeysDialog.tsx'
import type { Look } from './look.ts'
import { MenuDialog } from './MenuDialog.tsx'
import { shownState, summaryTone, toneOf, worksNow } from './readers.ts'

type Opened = 'connection' | 'menu' | 'keys' | null

/** Always in sight: online or offline, the readers, what waits; and who is at the counter. */
export function StatusBar({
  state,
  look,
  simulatorOpen,
  onToggleSimulator,
  onOpenReaders,
  onDesk,
  onManage,
}: {
  state: CounterState
  look: Look
  simulatorOpen: boolean
  onToggleSimulator: () => void
  onOpenReaders: () => void
  onDesk: (what: DeskWindow) => void
  onManage: (screen: ManagerPart) => void
}) {
  const words = useWords()
  const { t } = words
  const send = useSend()
  const [opened, setOpened] = useState<Opened>(null)
  const close = () => setOpened(null)
  const { enrolment, readers, waiting } = state
  const connection = connectionChip(words, state)
  const name = state.cashier?.name ?? ''
  const { phase } = state.visit
  useEffect(() => {
    // The next customer is there: nothing may lie over the visit.
    if (phase === 'reading' || phase === 'searching') setOpened(null)
  }, [phase])
  // `since` turns from a time of day into a date at midnight.
  const now = useNow(60_000)
  const cap = state.offline.allowed ? tightest(capsLeft(state.offline, state.connection.replicaAsOf, now)) : null

  return (
    <header className="statusBar">
      <h1 className="brand">
        <BrandMark />
        <span className="brand__words">
          <span className="brand__name">{t('app')}</span>
          {enrolment.status === 'enrolled' && <bdi className="brand__store">{enrolment.storeName}</bdi>}
        </span>
      </h1>
      {/* biome-ignore lint/a11y/useSemanticElements: a group of states, no fields */}
      <div className="statusBar__chips" role="group" aria-label={t('status.label')}>
        <StatusChip
          {...connection}
          icon={connection.tone === 'good' ? <OnlineIcon /> : <OfflineIcon />}
          onOpen={() => setOpened('connection')}
        />
        <StatusChip
          tone={summaryTone(readers)}
          icon={<ReaderIcon />}
          text={readersText(words, readers)}
          detail={readersDetail(words, readers)}
          onOpen={onOpenReaders}
        />
        <StatusChip
          tone={cap?.level === 'reached' ? 'bad' : waitingTone(waiting)}
          icon={cap || waiting.forced + waiting.quarantined > 0 ? <WarnIcon /> : <OutboxIcon />}
          text={waiting.count === 0 ? t('status.waitingNone') : t('status.waiting', { count: waiting.count })}
          detail={cap ? capDetail(words, cap) : waitingDetail(words, waiting)}
          onOpen={() => setOpened('connection')}
        />
      </div>
      <Switch
        label={t('menu.oneTap')}
        title={t('menu.oneTapWords')}
        on={state.settings.oneTap}
        fixed={state.settings.fixed.includes('oneTap') ? t('cashier.byOffice') : null}
        onChange={(oneTap) => void send({ type: 'setOneTap', oneTap })}
      />
      {state.simulator && <SimulatorButton open={simulatorOpen} keys="F9" onToggle={onToggleSimulator} />}
      <button
        type="button"
        className="barButton barButton--who"
        aria-label={t('menu.open', { name })}
        aria-haspopup="dialog"
        onClick={() => setOpened('menu')}
      >
        <MenuIcon />
        <bdi className="barButton__name">{name}</bdi>
      </button>
      <button
        type="button"
        className="visuallyHidden"
        aria-keyshortcuts="F1"
        tabIndex={-1}
        onClick={() => setOpened('keys')}
      >
        {t('menu.keys')}
      </button>
      <button
        type="button"
        className="visuallyHidden"
        aria-keyshortcuts="F6"
        tabIndex={-1}
        onClick={() => onDesk('recent')}
      >
        {t('cashier.recent.open')}
      </button>
      {opened === 'connection' && <ConnectionDialog state={state} onClose={close} />}
      {opened === 'menu' && (
        <MenuDialog
          name={name}
          look={look}
          training={state.training}
          settings={state.settings}
          onDesk={(what) => {
            close()
            onDesk(what)
          }}
          onKeys={() => setOpened('keys')}
          onManage={onManage}
          onClose={close}
        />
      )}
      {opened === 'keys' && <KeysDialog onClose={close} />}
    </header>
  )
}

function readersText({ t }: Words, readers: CounterState['readers']): string {
  if (readers.length === 0) return t('readers.none')
  const ready = readers.filter(worksNow).length
  return ready === 0 ? t('readers.noneReady') : t('readers.ready', { count: ready })
}

function readersDetail({ t }: Words, readers: CounterState['readers']): string | undefined {
  const failing = readers.filter((reader) => toneOf(shownState(reader)) === 'bad').length
  return failing === 0 ? undefined : t('readers.failing', { count: failing })
}

/** What runs out comes before what waits: there is still time to call somebody. */
function capDetail(words: Words, cap: CapLeft): string {
  return cap.level === 'reached'
    ? words.t('offline.caps.chip.reached')
    : words.t(`offline.caps.chip.${cap.cap}`, leftWords(words, cap))
}

function waitingTone({ count, forced, quarantined }: CounterState['waiting']): Tone {
  if (quarantined > 0) return 'bad'
  return count > 0 || forced > 0 ? 'warn' : 'neutral'
}

function waitingDetail({ t, money }: Words, waiting: CounterState['waiting']): string | undefined {
  const parts = [
    waiting.count > 0 && money(waiting.value),
    waiting.forced > 0 && t('status.forced', { count: waiting.forced }),
    waiting.quarantined > 0 && t('status.quarantined', { count: waiting.quarantined }),
  ].filter((part) => part !== false)
  return parts.length > 0 ? parts.join(' · ') : undefined
}
