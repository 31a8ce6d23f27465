import type { RegistrationAction, TerminalVisit } from '../../core/counter/registration.ts'
import { WarnIcon } from '../ui/icons.tsx'
import { useWords } from '../words/useWords.ts'
import { isAway } from './announce.ts'
import { customerReason } from './reasons.ts'
import { StaffCodePanel } from './StaffCodePanel.tsx'

/** A medium that leads nowhere, and what the customer can do; a blocked one leads to staff, by a code. */
export function Refused({
  visit: { refused, help, staffCode },
  onAct,
}: {
  visit: Extract<TerminalVisit, { phase: 'refused' }>
  onAct: (action: RegistrationAction) => void
}) {
  const { t } = useWords()
  const { reason } = refused
  return (
    <section className="kioskWelcome kioskWelcome--refused">
      {staffCode ? (
        <>
          <h1 className="visuallyHidden">{t('customer.my.title')}</h1>
          <StaffCodePanel {...staffCode} />
        </>
      ) : (
        <>
          <div className="kioskWelcome__pictures" aria-hidden="true">
            <WarnIcon />
          </div>
          <h1>{isAway(reason) ? t('customer.away') : t('customer.refused.title')}</h1>
          <p className="kioskWelcome__how">{isAway(reason) ? t('customer.awayTodo') : customerReason(t, reason)}</p>
        </>
      )}
      <div className="kioskActions">
        {help !== 'none' && !staffCode && (
          <button
            type="button"
            className="kioskButton"
            aria-disabled={help === 'asking' || undefined}
            onClick={() => help === 'possible' && onAct({ do: 'staffCode' })}
          >
            {t('customer.staffCode')}
          </button>
        )}
        <button type="button" className="kioskButton kioskButton--primary" onClick={() => onAct({ do: 'finish' })}>
          {t(staffCode ? 'customer.done' : 'customer.ok')}
        </button>
      </div>
    </section>
  )
}
