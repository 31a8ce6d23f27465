import { BrandMark } from '../ui/icons.tsx'
import { useNow } from '../ui/useNow.ts'
import { useWords } from '../words/useWords.ts'

/** Where the words stand, one place after another: nothing burns into a display that shows the same for days. */
const PLACES = 9

/**
 * Over the sign-in while nobody is here: dark, the time of day, and where the words are changes with every minute. Whatever
 * is touched or pressed takes it away; it is the page's first button, so that it needs no pointer.
 */
export function IdleScreen({ storeName, onWake }: { storeName: string; onWake: () => void }) {
  const { t, language } = useWords()
  const now = useNow(10_000)
  const time = new Intl.DateTimeFormat(language, { timeStyle: 'short' }).format(now)
  const place = Math.floor(now / 60_000) % PLACES
  return (
    <button
      type="button"
      className="idle"
      data-place={place}
      // biome-ignore lint/a11y/noAutofocus: it covers everything that could have the focus
      autoFocus
      onClick={onWake}
      onKeyDown={(event) => {
        event.preventDefault()
        onWake()
      }}
    >
      <span className="idle__words">
        <BrandMark />
        <time className="idle__time">{time}</time>
        <bdi>{storeName}</bdi>
        <span className="idle__hint">{t('kiosk.idle')}</span>
      </span>
    </button>
  )
}
