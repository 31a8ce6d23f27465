import '../registration/coupons.css'
import type { FirstRun, FirstRunTrial } from '../../core/counter/firstRun.ts'
import type { SetupReader } from '../../core/counter/readerSetup.ts'
import type { Visit } from '../../core/counter/state.ts'
import { Offers } from '../reception/visit/Offers.tsx'
import { HeldList } from '../registration/Coupons.tsx'
import { Button } from '../ui/Button.tsx'
import { CheckIcon } from '../ui/icons.tsx'
import { useWords } from '../words/useWords.ts'
import { useFirstRun } from './useFirstRun.ts'

/** One tap as at work, with practice coupons: it shows what will be seen here, and writes nothing. */
export function TestStep({ firstRun, readers }: { firstRun: FirstRun; readers: readonly SetupReader[] }) {
  const words = useWords()
  const { t } = words
  const act = useFirstRun()
  const { trial, station, repeated } = firstRun
  const role = station?.role ?? 'counter'
  const reader = trial && readers.find(({ readerId }) => readerId === trial.readerId)
  const amount = words.money(trial?.best[0]?.totalDiscount ?? 0)
  return (
    <section className="startCard firstRun__test stack" aria-labelledby="test-title">
      <h1 id="test-title">{t('firstRun.test.title')}</h1>
      <p role="status" className={trial ? 'firstRun__worked pictured' : undefined}>
        {trial && <CheckIcon />}
        <span>{trial ? t('firstRun.test.worked', { reader: reader?.name ?? '' }) : t('firstRun.test.words')}</span>
      </p>
      {trial && (
        <>
          <p className="soft">{t(`firstRun.test.sees.${role}`, { amount })}</p>
          <div key={trial.nth} className="firstRun__preview" inert>
            {role === 'counter' ? <Offers visit={visitOf(trial)} total={trial.total} /> : <Held trial={trial} />}
          </div>
        </>
      )}
      <div className="firstRun__actions">
        <Button size="large" onClick={() => void act({ do: 'goTo', step: 'readers' })}>
          {t('firstRun.test.back')}
        </Button>
        <Button look="primary" size="large" onClick={() => void act({ do: 'finish' })}>
          {t(repeated ? 'readerSetup.back' : trial ? 'firstRun.test.finish' : 'firstRun.test.skip')}
        </Button>
      </div>
    </section>
  )
}

function Held({ trial }: { trial: FirstRunTrial }) {
  return (
    <HeldList
      coupons={trial.usable.map(({ acquisitionId, campaignId, title, titles, usesLeft, expiresAt }) => ({
        acquisitionId,
        campaignId,
        title,
        titles,
        usesLeft,
        expiresAt: expiresAt ?? new Date().toISOString(),
      }))}
    />
  )
}

/** The same that a tap at work begins. */
const visitOf = ({ usable, unusable, best }: FirstRunTrial): Extract<Visit, { phase: 'offers' }> => ({
  phase: 'offers',
  medium: { type: 'nfc-uid', entry: 'tap' },
  source: 'server',
  usable,
  unusable,
  best,
  selected: [],
  selection: null,
})
