import '@fontsource-variable/noto-sans-jp/wght.css'
import './ui/tokens.css'
import './ui/base.css'
import './ui/brandMark.css'
import './ui/controls.css'
import './ui/tapPicture.css'
import './reception/start/start.css'
import './reception/reception.css'
import './offline/caps.css'
import './reception/purchase/purchase.css'
import './reception/purchase/posPurchase.css'
import './reception/visit/visit.css'
import './reception/visit/waiting.css'
import './reception/visit/offers.css'
import './reception/visit/outcome.css'
import './reception/desk/desk.css'
import './kiosk/kiosk.css'
import './ui/motion.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { I18nextProvider } from 'react-i18next'
import { z } from 'zod'
import type { ScreenBridge } from '../core/counter/screenBridge.ts'
import { App } from './App.tsx'
import { browserClient } from './client/browserClient.ts'
import { CounterProvider } from './client/counterContext.tsx'
import { electronClient } from './client/electronClient.ts'
import { ErrorBoundary } from './kiosk/ErrorBoundary.tsx'
import { rememberedTheme, showTheme } from './reception/status/look.ts'
import { startLanguages } from './words/languages.ts'

declare global {
  interface Window {
    /** Put there by Electron's preload; missing in a browser. */
    readonly tapcoupon?: ScreenBridge
  }
}

// zod would try `new Function`, which the page's content security policy forbids and reports.
z.config({ jitless: true })
showTheme(rememberedTheme())

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')
const client = window.tapcoupon ? electronClient(window.tapcoupon) : browserClient(window)
createRoot(root).render(
  <StrictMode>
    <I18nextProvider i18n={startLanguages(navigator.language)}>
      <ErrorBoundary page={window}>
        <CounterProvider client={client}>
          <App />
        </CounterProvider>
      </ErrorBoundary>
    </I18nextProvider>
  </StrictMode>,
)
