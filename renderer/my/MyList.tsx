import { useRef, useState } from 'react'
import type { Holdings } from '../../core/contract/holdings.ts'
import { HeldList, TakeList } from '../registration/Coupons.tsx'
import { customerReason } from '../registration/reasons.ts'
import { CheckIcon, WarnIcon } from '../ui/icons.tsx'
import { useWords } from '../words/useWords.ts'
import { acquisitionIds } from './acquisitionIds.ts'
import type { MyCoupons } from './api.ts'
import { LostCard } from './LostCard.tsx'

type Ended = { readonly isTaken: boolean; readonly text: string }

/** What a customer has and may take, on a phone. */
export function MyList({
  api,
  holdings,
  onReload,
  onSignedOut,
  onSignOut,
}: {
  api: MyCoupons
  holdings: Holdings
  onReload: () => Promise<void>
  onSignedOut: () => void
  onSignOut: () => void
}) {
  const { t, title } = useWords()
  const [taking, setTaking] = useState<string | null>(null)
  const [ended, setEnded] = useState<Ended | null>(null)
  const [code, setCode] = useState('')
  // Asking again for what was not answered is the same request.
  const ids = useRef(acquisitionIds())

  const take = async (name: string, of: { campaignId: string } | { code: string }, offer: string) => {
    setTaking(name)
    setEnded(null)
    const answer = await api.take({ acquisitionId: ids.current.of(name), ...of })
    setTaking(null)
    if (answer.kind === 'signed_out') return onSignedOut()
    if (answer.kind !== 'answered') {
      setEnded({ isTaken: false, text: t(answer.kind === 'away' ? 'customer.my.offline' : 'customer.my.tooOften') })
      return
    }
    ids.current.spent(name)
    const { value } = answer
    if (value.status === 'refused') setEnded({ isTaken: false, text: customerReason(t, value.reason) })
    else
      setEnded({ isTaken: true, text: offer === '' ? t('customer.taken') : t('customer.takenNamed', { title: offer }) })
    if (value.status === 'acquired' && 'code' in of) setCode('')
    await onReload()
  }
  const offerNamed = (campaignId: string): string => {
    const offer = holdings.takeable.find((one) => one.campaignId === campaignId)
    return offer ? title(offer) : ''
  }

  return (
    <>
      <div role="status" className="my__news">
        {ended && (
          <div className={`takeOutcome takeOutcome--${ended.isTaken ? 'taken' : 'refused'}`}>
            {ended.isTaken ? <CheckIcon /> : <WarnIcon />}
            <p>
              <strong>{ended.text}</strong>
            </p>
          </div>
        )}
      </div>
      <section className="my__part" aria-labelledby="you-have">
        <h2 id="you-have">{t('customer.youHave')}</h2>
        <p className="my__soft">{t('customer.my.howToUse')}</p>
        <HeldList coupons={holdings.held} />
      </section>
      <section className="my__part" aria-labelledby="can-take">
        <h2 id="can-take">{t('customer.canTake')}</h2>
        <TakeList
          offers={holdings.takeable}
          taking={taking}
          isBusy={taking !== null}
          onTake={(campaignId) => void take(campaignId, { campaignId }, offerNamed(campaignId))}
        />
      </section>
      <form
        className="my__card"
        aria-labelledby="code"
        onSubmit={(event) => {
          event.preventDefault()
          if (code !== '' && taking === null) void take(`code ${code}`, { code }, '')
        }}
      >
        <h2 id="code">{t('customer.my.codeTitle')}</h2>
        <label className="my__label">
          {t('customer.codeField')}
          <input
            className="my__field"
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            maxLength={64}
            value={code}
            onChange={(event) => setCode(event.target.value.toUpperCase())}
          />
        </label>
        <button type="submit" className="my__button" aria-disabled={code === '' || taking !== null || undefined}>
          {t('customer.codeSubmit')}
        </button>
      </form>
      <LostCard api={api} onSignedOut={onSignedOut} />
      <button type="button" className="my__button my__button--quiet" onClick={onSignOut}>
        {t('customer.my.signOut')}
      </button>
    </>
  )
}
