import { useTranslation } from 'react-i18next'
import { WarnIcon } from '../../ui/icons.tsx'

/** Before the first state: the counter starts, or does not answer. */
export function LinkScreen({ lost }: { lost: boolean }) {
  const { t } = useTranslation()
  return (
    <main className="link" aria-live="polite">
      {lost ? (
        <>
          <h1>{t('link.lost')}</h1>
          <p>{t('link.lostTodo')}</p>
          <p className="soft">{t('link.never')}</p>
        </>
      ) : (
        <h1 className="link__connecting">{t('link.connecting')}</h1>
      )}
    </main>
  )
}

/** Over a state that is no longer live: it stays readable and nothing in it can be pressed. */
export function LinkLostBanner() {
  const { t } = useTranslation()
  return (
    <div className="linkLost" role="alert">
      <WarnIcon />
      <p>
        <strong>{t('link.lost')}.</strong> {t('link.lostTodo')}
      </p>
    </div>
  )
}
