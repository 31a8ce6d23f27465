import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Holdings } from '../../core/contract/holdings.ts'
import { BrandMark } from '../ui/icons.tsx'
import { LANGUAGE_NAMES, LANGUAGES, languageOf } from '../words/languages.ts'
import type { MyCoupons } from './api.ts'
import { MyList } from './MyList.tsx'
import { SignIn, type SignInProblem } from './SignIn.tsx'

type Page =
  | { readonly at: 'loading' | 'away' }
  | { readonly at: 'signIn'; readonly problem: SignInProblem | null; readonly isBusy: boolean }
  | { readonly at: 'coupons'; readonly holdings: Holdings }

/** A customer's coupons on their phone. `code`: one that came with the address; it signs in at once. */
export function MyPage({ api, code }: { api: MyCoupons; code: string }) {
  const { t, i18n } = useTranslation()
  const [page, setPage] = useState<Page>({ at: 'loading' })

  const load = useCallback(async () => {
    const answer = await api.coupons()
    if (answer.kind === 'answered') setPage({ at: 'coupons', holdings: answer.value })
    else if (answer.kind === 'signed_out') setPage({ at: 'signIn', problem: null, isBusy: false })
    else setPage({ at: 'away' })
  }, [api])

  const signIn = useCallback(
    async (typed: string) => {
      setPage({ at: 'signIn', problem: null, isBusy: true })
      const answer = await api.signIn(typed)
      if (answer.kind === 'answered') return load()
      setPage({ at: 'signIn', problem: answer.kind, isBusy: false })
    },
    [api, load],
  )

  useEffect(() => {
    void (code === '' ? load() : signIn(code))
  }, [code, load, signIn])

  const signOut = async () => {
    await api.signOut()
    setPage({ at: 'signIn', problem: 'left', isBusy: false })
  }

  return (
    <div className="my">
      <header className="my__bar">
        <BrandMark />
        <h1>{t('customer.my.title')}</h1>
        <fieldset className="my__languages">
          <legend className="visuallyHidden">{t('customer.language')}</legend>
          {LANGUAGES.map((each) => (
            <button
              key={each}
              type="button"
              lang={each}
              className="my__language"
              aria-pressed={each === languageOf(i18n)}
              onClick={() => void i18n.changeLanguage(each)}
            >
              {LANGUAGE_NAMES[each]}
            </button>
          ))}
        </fieldset>
      </header>
      <main className="my__main">
        {page.at === 'loading' && <p role="status">{t('customer.my.loading')}</p>}
        {page.at === 'away' && (
          <div className="my__card" role="alert">
            <p>{t('customer.my.offline')}</p>
            <button type="button" className="my__button" onClick={() => void load()}>
              {t('customer.my.again')}
            </button>
          </div>
        )}
        {page.at === 'signIn' && (
          <SignIn code={code} problem={page.problem} isBusy={page.isBusy} onSubmit={(typed) => void signIn(typed)} />
        )}
        {page.at === 'coupons' && (
          <MyList
            api={api}
            holdings={page.holdings}
            onReload={load}
            onSignedOut={() => setPage({ at: 'signIn', problem: null, isBusy: false })}
            onSignOut={() => void signOut()}
          />
        )}
      </main>
    </div>
  )
}
