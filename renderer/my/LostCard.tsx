import { useState } from 'react'
import { PRESENTATION_MS } from '../../core/contract/media.ts'
import type { MyStaffCode } from '../../core/contract/my.ts'
import { useNow } from '../ui/useNow.ts'
import { useWords } from '../words/useWords.ts'
import type { MyCoupons } from './api.ts'

/** Who has no card to show any more is found by a code of this phone. */
export function LostCard({ api, onSignedOut }: { api: MyCoupons; onSignedOut: () => void }) {
  const { t, moment } = useWords()
  const now = useNow(1_000)
  const [code, setCode] = useState<{ readonly of: MyStaffCode; readonly cameAt: number } | null>(null)
  const [problem, setProblem] = useState('')
  const [isBusy, setBusy] = useState(false)
  // By how long it has been here: the phone's clock may be wrong.
  const good = code !== null && now < code.cameAt + PRESENTATION_MS ? code.of : null
  const ask = async () => {
    if (isBusy) return
    setBusy(true)
    const answer = await api.staffCode()
    setBusy(false)
    if (answer.kind === 'signed_out') return onSignedOut()
    setProblem(
      answer.kind === 'answered' ? '' : t(answer.kind === 'away' ? 'customer.my.offline' : 'customer.my.tooOften'),
    )
    if (answer.kind === 'answered') setCode({ of: answer.value, cameAt: Date.now() })
  }
  return (
    <section className="my__card" aria-labelledby="lost">
      <h2 id="lost">{t('customer.my.lostTitle')}</h2>
      <p className="my__soft">{t('customer.my.lostHow')}</p>
      <div role="status">
        {good && (
          <>
            <p>{t('customer.staffCodeTitle')}</p>
            <p className="my__code">{good.code}</p>
            <p className="my__soft">{t('customer.staffCodeHow', { time: moment(Date.parse(good.expiresAt)) })}</p>
          </>
        )}
        {problem !== '' && <p className="my__problem">{problem}</p>}
      </div>
      {!good && (
        <button type="button" className="my__button" aria-disabled={isBusy || undefined} onClick={() => void ask()}>
          {t('customer.staffCode')}
        </button>
      )}
    </section>
  )
}
