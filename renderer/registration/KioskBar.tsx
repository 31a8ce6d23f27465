import { useTranslation } from 'react-i18next'
import { BrandMark } from '../ui/icons.tsx'
import { LANGUAGE_NAMES, LANGUAGES, languageOf } from '../words/languages.ts'
import { DISPLAYS, type Display } from './display.ts'

/** Whose terminal this is, and how a customer wants it: language, light or dark, high contrast. */
export function KioskBar({
  storeName,
  display,
  onDisplay,
  onStaff,
  onSimulator,
}: {
  storeName: string
  display: Display
  onDisplay: (display: Display) => void
  onStaff: () => void
  /** null: there is none, or it is open. */
  onSimulator: (() => void) | null
}) {
  const { t, i18n } = useTranslation()
  const language = languageOf(i18n)
  return (
    <header className="kioskBar">
      <p className="brand">
        <BrandMark />
        <span className="brand__words">
          <span className="brand__name">{t('customer.brand')}</span>
          {storeName !== '' && <bdi className="brand__store">{storeName}</bdi>}
        </span>
      </p>
      <fieldset className="kioskChoice">
        <legend className="visuallyHidden">{t('customer.language')}</legend>
        {LANGUAGES.map((each) => (
          <button
            key={each}
            type="button"
            lang={each}
            className="kioskChoice__one"
            aria-pressed={each === language}
            onClick={() => void i18n.changeLanguage(each)}
          >
            {LANGUAGE_NAMES[each]}
          </button>
        ))}
      </fieldset>
      <fieldset className="kioskChoice">
        <legend className="visuallyHidden">{t('customer.display')}</legend>
        {DISPLAYS.map((each) => (
          <button
            key={each}
            type="button"
            className="kioskChoice__one"
            aria-pressed={each === display}
            onClick={() => onDisplay(each)}
          >
            {t(`customer.displays.${each}`)}
          </button>
        ))}
      </fieldset>
      <div className="kioskBar__staff">
        {onSimulator && (
          <button type="button" className="kioskChoice__one" onClick={onSimulator}>
            {t('simulator.title')}
          </button>
        )}
        <button type="button" className="kioskChoice__one" onClick={onStaff}>
          {t('customer.staff')}
        </button>
      </div>
    </header>
  )
}
