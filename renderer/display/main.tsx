import '@fontsource-variable/noto-sans-jp/wght.css'
import '../ui/tokens.css'
import '../ui/base.css'
import '../ui/brandMark.css'
import '../ui/tapPicture.css'
import './display.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { I18nextProvider } from 'react-i18next'
import { z } from 'zod'
import { rememberedTheme, showTheme } from '../reception/status/look.ts'
import { startLanguages } from '../words/languages.ts'
import { Display } from './Display.tsx'
import { displayLine } from './displayLine.ts'
import { followCashiersLanguage } from './followCashiersLanguage.ts'

// zod would try `new Function`, which the page's content security policy forbids and reports.
z.config({ jitless: true })
showTheme(rememberedTheme())

const root = document.getElementById('root')
if (root === null) throw new Error('display.html has no #root')
const languages = startLanguages(navigator.language)
followCashiersLanguage(languages)
createRoot(root).render(
  <StrictMode>
    <I18nextProvider i18n={languages}>
      <Display line={displayLine(window)} />
    </I18nextProvider>
  </StrictMode>,
)
