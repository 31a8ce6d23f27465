import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Holdings } from '../../core/contract/holdings.ts'
import { BrandMark } from '../ui/icons.tsx'
import { LANGUAGE_NAMES, LANGUAGES, languageOf } from '../words/languages.ts'
import type { MyCoupons } from './api.ts'
import { MyList } from './MyList.tsx'
import { SignIn, type SignInProblem } from './SignIn.tsx'
import type { signInTries } from './signInTry.ts'

type Page =
  | { readonly at: 'loading' | 'away' }
  | { readonly at: 'signIn'; readonly problem: SignInProblem | null; readonly isBusy: boolean }
  | { readonly at: 'coupons'; readonly holdings: Holdings }

/**
 * A customer's coupons on their phone. `code`: one that came with the address; it signs in at once. A sign-in whose answer was
 * lost, with the page or with the connection, is asked for again.
 */
export function MyPage({ api, code, tries }: { api: MyCoupons; code: string; tries: ReturnType<typeof signInTries> }) {
  const { t, i18n } = useTranslation()
  const [page, setPage] = useState<Page>({ at: 'loading' })

  /** false: nobody is signed in here. */
  const show = useCallback(async (): Promise<boolean> => {
    const answer = await api.coupons()
    if (answer.kind === 'answered') setPage({ at: 'coupons', holdings: answer.value })
    else if (answer.kind !== 'signed_out') setPage({ at: 'away' })
    return answer.kind !== 'signed_out'
  }, [api])

  const signIn = useCallback(
    async (typed: string) => {
      setPage({ at: 'signIn', problem: null, isBusy: true })
      const answer = await api.signIn(tries.with(typed))
      if (answer.kind === 'answered' || answer.kind === 'signed_out') tries.answered()
      if (answer.kind !== 'answered') setPage({ at: 'signIn', problem: answer.kind, isBusy: false })
      else if (!(await show())) setPage({ at: 'signIn', problem: null, isBusy: false })
    },
    [api, show, tries],
  )

  const load = useCallback(async () => {
    if (await show()) return
    const left = tries.open()
    if (left) await signIn(left.code)
    else setPage({ at: 'signIn', problem: null, isBusy: false })
  }, [show, signIn, tries])

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
          <SignIn
            code={tries.open()?.code ?? code}
            problem={page.problem}
            isBusy={page.isBusy}
            onSubmit={(typed) => void signIn(typed)}
          />
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
