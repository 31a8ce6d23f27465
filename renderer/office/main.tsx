import '@fontsource-variable/noto-sans-jp/wght.css'
import '../ui/tokens.css'
import '../ui/base.css'
import '../ui/controls.css'
import '../offline/offlineDesk.css'
import './ui/office.css'
import './ui/page.css'
import './ui/pieces.css'
import './ui/forms.css'
import './ui/tables.css'
import './ui/chart.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { I18nextProvider } from 'react-i18next'
import { z } from 'zod'
import { rememberedTheme, showTheme } from '../reception/status/look.ts'
import { SessionProvider } from './client/session.tsx'
import { Office } from './Office.tsx'
import { startOfficeLanguages } from './words.ts'

// zod would try `new Function`, which the page's content security policy forbids and reports.
z.config({ jitless: true })
showTheme(rememberedTheme())

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')
createRoot(root).render(
  <StrictMode>
    <I18nextProvider i18n={startOfficeLanguages(navigator.language)}>
      <SessionProvider>
        <Office />
      </SessionProvider>
    </I18nextProvider>
  </StrictMode>,
)
