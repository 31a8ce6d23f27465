import { Component, type ReactNode } from 'react'
import { Translation } from 'react-i18next'
import { Button } from '../ui/Button.tsx'
import { mayReload } from './reloads.ts'

interface Props {
  readonly children: ReactNode
  readonly page: Pick<Window, 'sessionStorage'> & { readonly location: Pick<Location, 'reload'> }
}

/**
 * Around everything: a screen that cannot be drawn is loaded anew at once, a few times; after that it says so and waits for
 * somebody. Nothing is lost by it: what a screen shows is the counter's.
 */
export class ErrorBoundary extends Component<Props, { readonly failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true }
  }

  override componentDidCatch(): void {
    const { location, sessionStorage } = this.props.page
    if (mayReload(sessionStorage, Date.now())) location.reload()
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children
    return (
      <Translation>
        {(t) => (
          <main className="link link--failed">
            <div role="alert">
              <h1>{t('kiosk.failed.title')}</h1>
              <p>{t('kiosk.failed.words')}</p>
            </div>
            <Button look="primary" size="large" onClick={() => this.props.page.location.reload()}>
              {t('kiosk.failed.again')}
            </Button>
          </main>
        )}
      </Translation>
    )
  }
}
