import { useState } from 'react'
import type { OfflineDesk } from '../../core/counter/offlineDesk.ts'
import type { CounterState } from '../../core/counter/state.ts'
import type { OverrideKind } from '../../core/redemption/overrides.ts'
import { Button } from '../ui/Button.tsx'
import { Segmented } from '../ui/Segmented.tsx'
import { useWords } from '../words/useWords.ts'
import { ReasonDialog } from './ReasonDialog.tsx'
import { useDesk } from './useDesk.ts'

const KINDS: readonly OverrideKind[] = ['force_offline', 'stored_count', 'stored_value', 'replica_age']
const MINUTES = [15, 30, 60, 120, 240, 480, 1_440] as const
const PERCENTS = [25, 50, 100, 200, 500, 1_000] as const

type Bounds = OfflineDesk['bounds']

/** What may be set aside here, what is, by whom and until when. */
export function OverridesPanel({
  overrides,
  bounds,
}: {
  overrides: CounterState['offline']['overrides']
  bounds: Bounds
}) {
  const words = useWords()
  const { t } = words
  const ask = useDesk()
  const [asking, setAsking] = useState<OverrideKind | null>(null)
  const allowed = KINDS.filter((kind) => mayBegin(kind, bounds))
  return (
    <section className="setupPanel" aria-labelledby="overrides-title">
      <h2 id="overrides-title">{t('offline.overrides.title')}</h2>
      {allowed.length === 0 && overrides.length === 0 && <p>{t('offline.overrides.none')}</p>}
      <ul className="overrides">
        {KINDS.filter((kind) => allowed.includes(kind) || overrides.some((one) => one.kind === kind)).map((kind) => {
          const active = overrides.find((one) => one.kind === kind)
          const name = t(`offline.overrides.kinds.${kind}`)
          return (
            <li key={kind} className={`override${active ? ' override--on' : ''}`}>
              <span className="override__words">
                <span id={`override-${kind}`} className="override__name">
                  {name}
                </span>
                {active && (
                  <span className="override__until">
                    {t('offline.overrides.active', { time: words.moment(active.until), name: active.name })}
                    {active.raisePercent !== null &&
                      ` · ${t('offline.overrides.raised', { percent: active.raisePercent })}`}
                  </span>
                )}
              </span>
              {active ? (
                <Button aria-describedby={`override-${kind}`} onClick={() => void ask({ do: 'endOverride', kind })}>
                  {t('offline.overrides.end')}
                </Button>
              ) : (
                <Button aria-describedby={`override-${kind}`} onClick={() => setAsking(kind)}>
                  {t('offline.overrides.begin')}
                </Button>
              )}
            </li>
          )
        })}
      </ul>
      {asking && <OverrideDialog kind={asking} bounds={bounds} onClose={() => setAsking(null)} />}
    </section>
  )
}

function mayBegin(kind: OverrideKind, { maxMinutes, forceOffline, raisePercent }: Bounds): boolean {
  return maxMinutes > 0 && (kind === 'force_offline' ? forceOffline : raisePercent > 0)
}

function OverrideDialog({ kind, bounds, onClose }: { kind: OverrideKind; bounds: Bounds; onClose: () => void }) {
  const { t } = useWords()
  const ask = useDesk()
  const durations = upTo(MINUTES, bounds.maxMinutes)
  const raises = upTo(PERCENTS, bounds.raisePercent)
  const [minutes, setMinutes] = useState(durations.includes(60) ? 60 : (durations[0] ?? 1))
  const [percent, setPercent] = useState(raises.at(-1) ?? 1)
  return (
    <ReasonDialog
      title={t(`offline.overrides.kinds.${kind}`)}
      words={t(`offline.overrides.words.${kind}`)}
      label={t('offline.overrides.reason')}
      example={t('offline.overrides.reasonExample')}
      submit={t('offline.overrides.submit')}
      note={t('offline.overrides.ends')}
      act={async (reason) => {
        const raisePercent = kind === 'force_offline' ? null : percent
        return (await ask({ do: 'override', kind, minutes, reason, raisePercent })).ok
      }}
      onClose={onClose}
    >
      <Segmented
        label={t('offline.overrides.howLong')}
        value={String(minutes)}
        choices={durations.map((length) => ({
          value: String(length),
          face:
            length < 60
              ? t('offline.overrides.minutes', { count: length })
              : t('offline.overrides.hours', { count: Math.round(length / 6) / 10 }),
        }))}
        onChange={(length) => setMinutes(Number(length))}
      />
      {kind !== 'force_offline' && (
        <Segmented
          label={t('offline.overrides.howMuch')}
          value={String(percent)}
          choices={raises.map((raise) => ({ value: String(raise), face: `+${raise} %` }))}
          onChange={(raise) => setPercent(Number(raise))}
        />
      )}
    </ReasonDialog>
  )
}

/** The usual steps within a bound, and the bound itself; at most five, the largest. */
function upTo(steps: readonly number[], most: number): number[] {
  return [...new Set([...steps.filter((step) => step < most), most])].slice(-5)
}
