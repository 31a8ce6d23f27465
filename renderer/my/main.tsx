import '@fontsource-variable/noto-sans-jp/wght.css'
import '../ui/tokens.css'
import '../ui/base.css'
import '../ui/brandMark.css'
import '../registration/coupons.css'
import './my.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { I18nextProvider } from 'react-i18next'
import { z } from 'zod'
import { startLanguages } from '../words/languages.ts'
import { httpMyCoupons } from './api.ts'
import { MyPage } from './MyPage.tsx'
import { signInTries } from './signInTry.ts'

// zod would try `new Function`, which the page's content security policy forbids and reports.
z.config({ jitless: true })

/** A code that came with the address's fragment; taken out of the address bar and the history before anything else. */
function takeCode(): string {
  const code = new URLSearchParams(window.location.hash.slice(1)).get('code')
  if (code !== null) window.history.replaceState(null, '', window.location.pathname)
  return code ?? ''
}

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')
createRoot(root).render(
  <StrictMode>
    <I18nextProvider i18n={startLanguages(navigator.language)}>
      <MyPage api={httpMyCoupons()} code={takeCode()} tries={signInTries(window.sessionStorage)} />
    </I18nextProvider>
  </StrictMode>,
)
