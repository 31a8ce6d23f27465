import { type FormEvent, useState } from 'react'
import { Holder } from '../../../core/contract/holders.ts'
import { MediaActionResponse } from '../../../core/contract/media.ts'
import { Button } from '../../ui/Button.tsx'
import { newId } from '../client/newId.ts'
import { ask } from '../client/request.ts'
import { useMay } from '../client/session.tsx'
import { useTask } from '../client/useLoaded.ts'
import { TextField } from '../ui/Field.tsx'
import { Empty, Page, Panel, ProblemLine } from '../ui/Page.tsx'
import { ReasonDialog } from '../ui/ReasonDialog.tsx'
import { useOfficeWords } from '../words.ts'

type Medium = Holder['media'][number]

/** A customer whose card lies at a station: what they hold, and which of their media may be used. Never by a number. */
export function Customers() {
  const { t } = useOfficeWords()
  const task = useTask()
  const [presentation, setPresentation] = useState('')
  const [holder, setHolder] = useState<Holder | null>(null)
  const [blocking, setBlocking] = useState<Medium | null>(null)
  const find = async (event: FormEvent) => {
    event.preventDefault()
    const code = presentation.trim()
    if (code === '') return
    const found = await task.run(() => ask('POST', '/v1/holders/find', Holder, { presentation: code }))
    setHolder(found)
    setPresentation('')
  }
  const reload = async () => {
    if (!holder) return
    const again = await task.run(() => ask('GET', `/v1/holders/${holder.holderId}`, Holder))
    if (again) setHolder(again)
  }
  return (
    <Page title={t('office.customers.title')}>
      <form className="filters" onSubmit={find}>
        <TextField
          label={t('office.customers.code')}
          hint={t('office.customers.codeWords')}
          value={presentation}
          maxLength={128}
          autoComplete="off"
          onChange={setPresentation}
        />
        <Button submit look="primary" unavailable={task.busy || presentation.trim() === ''}>
          {t('office.customers.find')}
        </Button>
      </form>
      <ProblemLine problem={task.problem} />
      {holder === null ? (
        <Empty title={t('office.customers.none')}>
          <p>{t('office.customers.noneWords')}</p>
        </Empty>
      ) : (
        <HolderView holder={holder} onBlock={setBlocking} />
      )}
      {blocking && (
        <ReasonDialog
          title={t(blocking.blocked ? 'office.customers.unblock' : 'office.customers.block')}
          words={t(blocking.blocked ? 'office.customers.unblockWords' : 'office.customers.blockWords')}
          submit={t(blocking.blocked ? 'office.customers.unblock' : 'office.customers.block')}
          danger={!blocking.blocked}
          reason="required"
          act={(reason) =>
            ask('POST', '/v1/media/block', MediaActionResponse, {
              actionId: newId(),
              medium: { mediumId: blocking.mediumId },
              blocked: !blocking.blocked,
              reason,
            })
          }
          onDone={() => void reload()}
          onClose={() => setBlocking(null)}
        />
      )}
    </Page>
  )
}

function HolderView({ holder, onBlock }: { holder: Holder; onBlock: (medium: Medium) => void }) {
  const words = useOfficeWords()
  const { t, when, count } = words
  const may = useMay()
  return (
    <div className="columns">
      <Panel title={t('office.customers.media')}>
        <p className="soft">{t('office.customers.since', { at: when(holder.createdAt) })}</p>
        <ul className="rows">
          {holder.media.map((medium) => (
            <li key={medium.mediumId} className="rows__row">
              <span>
                {t(`simulator.types.${medium.type}`)}
                {medium.blocked && <span className="tag tag--bad">{t('office.customers.blocked')}</span>}
              </span>
              {may('media.administer') && (
                <Button look="quiet" onClick={() => onBlock(medium)}>
                  {t(medium.blocked ? 'office.customers.unblock' : 'office.customers.block')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      </Panel>
      <Panel title={t('office.customers.coupons')}>
        {holder.coupons.length === 0 && <p className="soft">{t('office.customers.noCoupons')}</p>}
        <ul className="rows">
          {holder.coupons.map((coupon) => (
            <li key={coupon.acquisitionId} className="rows__row">
              <bdi>{words.title(coupon)}</bdi>
              <span className="soft">
                {t('office.customers.left', { uses: count(coupon.usesLeft), until: when(coupon.expiresAt) })}
              </span>
            </li>
          ))}
        </ul>
      </Panel>
    </div>
  )
}
