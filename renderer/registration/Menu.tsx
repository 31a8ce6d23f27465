import { useState } from 'react'
import type { RegistrationAction, TerminalVisit } from '../../core/counter/registration.ts'
import { CheckIcon, WarnIcon } from '../ui/icons.tsx'
import { useWords } from '../words/useWords.ts'
import { isAway } from './announce.ts'
import { CodeEntry } from './CodeEntry.tsx'
import { HeldList, TakeList } from './Coupons.tsx'
import { PhonePanel } from './PhonePanel.tsx'
import { customerReason } from './reasons.ts'
import { StaffCodePanel } from './StaffCodePanel.tsx'

type MenuVisit = Extract<TerminalVisit, { phase: 'menu' }>

/** What a customer has and can take, after a tap. */
export function Menu({ visit, onAct }: { visit: MenuVisit; onAct: (action: RegistrationAction) => void }) {
  const { t } = useWords()
  const [entering, setEntering] = useState(false)
  const { held, takeable, taking, known, phone, staffCode } = visit
  const isBusy = taking !== null
  const finish = () => onAct({ do: 'finish' })
  if (entering) {
    return (
      <CodeEntry
        onBack={() => setEntering(false)}
        onSubmit={(code) => {
          setEntering(false)
          onAct({ do: 'redeemCode', code })
        }}
      />
    )
  }
  return (
    <div className="kioskMenu">
      <Outcome visit={visit} />
      {phone ? (
        <PhonePanel phone={phone} />
      ) : staffCode ? (
        <StaffCodePanel {...staffCode} />
      ) : (
        <div className="kioskMenu__lists">
          <section className="kioskMenu__list" aria-labelledby="can-take">
            <h2 id="can-take">{t('customer.canTake')}</h2>
            {!known && <p className="kioskMenu__new">{t('customer.newHere')}</p>}
            <TakeList
              offers={takeable}
              taking={taking?.what === 'coupon' ? taking.campaignId : null}
              isBusy={isBusy}
              onTake={(campaignId) => onAct({ do: 'take', campaignId })}
            />
          </section>
          <section className="kioskMenu__list kioskMenu__list--held" aria-labelledby="you-have">
            <h2 id="you-have">{t('customer.youHave')}</h2>
            <HeldList coupons={held} />
          </section>
        </div>
      )}
      <div className="kioskActions">
        <button
          type="button"
          className="kioskButton"
          aria-disabled={isBusy || undefined}
          onClick={() => !isBusy && setEntering(true)}
        >
          {t('customer.code')}
        </button>
        {!phone && !staffCode && (
          <>
            <button
              type="button"
              className="kioskButton"
              aria-disabled={isBusy || undefined}
              onClick={() => !isBusy && onAct({ do: 'phoneCode' })}
            >
              {t('customer.phone')}
            </button>
            <button
              type="button"
              className="kioskButton"
              aria-disabled={isBusy || undefined}
              onClick={() => !isBusy && onAct({ do: 'staffCode' })}
            >
              {t('customer.staffCode')}
            </button>
          </>
        )}
        <button
          type="button"
          className="kioskButton kioskButton--primary"
          aria-disabled={isBusy || undefined}
          onClick={() => !isBusy && finish()}
        >
          {t('customer.done')}
        </button>
      </div>
    </div>
  )
}

function Outcome({ visit: { outcome } }: { visit: MenuVisit }) {
  const { t, title } = useWords()
  if (!outcome) return null
  if (outcome.result === 'taken') {
    const name = outcome.title === null ? null : title({ title: outcome.title, titles: outcome.titles })
    return (
      <div className="takeOutcome takeOutcome--taken" key={outcome.nth}>
        <CheckIcon />
        <p>
          <strong>{name === null ? t('customer.taken') : t('customer.takenNamed', { title: name })}</strong>
          <span>{t('customer.takenHow')}</span>
        </p>
      </div>
    )
  }
  const { reason } = outcome.refused
  return (
    <div className="takeOutcome takeOutcome--refused" key={outcome.nth}>
      <WarnIcon />
      <p>
        <strong>{isAway(reason) ? t('customer.away') : t('customer.refused.title')}</strong>
        <span>{isAway(reason) ? t('customer.unsure') : customerReason(t, reason)}</span>
      </p>
    </div>
  )
}
