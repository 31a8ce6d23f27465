import type { FirstRun } from '../../core/counter/firstRun.ts'
import { Button } from '../ui/Button.tsx'
import { useWords } from '../words/useWords.ts'
import { Cautions, Problem } from './Problem.tsx'
import { useFirstRun } from './useFirstRun.ts'

/** What the code would make of this machine. Until somebody says yes, it makes nothing of it. */
export function ConfirmStep({ firstRun }: { firstRun: FirstRun }) {
  const { t } = useWords()
  const act = useFirstRun()
  const { offered, asking, server } = firstRun
  if (offered === null) return null
  const { stationName, storeName, role } = offered
  return (
    <section className="startCard startCard--wide stack" aria-labelledby="confirm-title">
      <h1 id="confirm-title">{t('firstRun.confirm.title')}</h1>
      <dl className="firstRun__facts">
        <dt>{t('firstRun.confirm.store')}</dt>
        <dd>
          <bdi>{storeName}</bdi>
        </dd>
        <dt>{t('firstRun.confirm.station')}</dt>
        <dd>
          <bdi>{stationName}</bdi>
        </dd>
        <dt>{t('firstRun.confirm.role')}</dt>
        <dd>{t(`firstRun.roles.${role}`)}</dd>
        <dt>{t('firstRun.confirm.server')}</dt>
        <dd>
          <bdi dir="ltr">{server.address}</bdi>
        </dd>
      </dl>
      <Cautions firstRun={firstRun} />
      <Problem id="confirm-problem" firstRun={firstRun} />
      <div className="row">
        <Button size="large" unavailable={asking} onClick={() => void act({ do: 'goTo', step: 'code' })}>
          {t('firstRun.confirm.no')}
        </Button>
        <Button
          look="primary"
          size="large"
          unavailable={asking}
          aria-busy={asking || undefined}
          onClick={() => !asking && void act({ do: 'confirm' })}
        >
          {t(asking ? 'firstRun.confirm.asking' : 'firstRun.confirm.yes')}
        </Button>
      </div>
    </section>
  )
}
