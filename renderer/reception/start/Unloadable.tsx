import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'

/** A part of the program that did not come: the counter is there again after the page has been loaded anew. */
export function Unloadable() {
  const { t } = useTranslation()
  return (
    <main className="link">
      <h1>{t('readerSetup.unloadable')}</h1>
      <Button look="primary" size="large" onClick={() => location.reload()}>
        {t('readerSetup.reload')}
      </Button>
    </main>
  )
}
