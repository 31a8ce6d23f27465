import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { THEMES, useLook } from '../reception/status/look.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Segmented } from '../ui/Segmented.tsx'
import { LANGUAGE_NAMES, type Language, WHOLE_LANGUAGES } from '../words/languages.ts'
import { go } from './client/route.ts'
import { useMay, useMe, useSessions } from './client/session.tsx'
import { SECTIONS } from './sections.ts'
import { useOfficeWords } from './words.ts'

/** What is around every screen: where one can go, and who one is. */
export function Frame({ current, children }: { current: string; children: ReactNode }) {
  const { t } = useOfficeWords()
  const may = useMay()
  const { operator, secondFactor } = useMe()
  const [menu, setMenu] = useState(false)
  const main = useRef<HTMLElement>(null)
  // Another screen is read from its beginning.
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever the screen is another
  useEffect(() => {
    main.current?.scrollTo(0, 0)
  }, [current])
  const sections = secondFactor === 'required' ? [] : SECTIONS.filter(({ needs }) => may(needs))
  return (
    <div className="office">
      <button type="button" className="office__skip" onClick={() => main.current?.focus()}>
        {t('office.skip')}
      </button>
      <header className="office__header">
        <p className="office__brand">
          Tapcoupon <span>{t('office.name')}</span>
        </p>
        <nav className="office__nav" aria-label={t('office.nav.label')}>
          <ul>
            {sections.map(({ path, key }) => (
              <li key={path}>
                <a href={`#/${path}`} aria-current={path === current ? 'page' : undefined}>
                  {t(key)}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <button type="button" className="office__who" aria-haspopup="dialog" onClick={() => setMenu(true)}>
          <bdi>{operator.name}</bdi>
          <span className="soft">{t(`office.roles.${operator.role}`)}</span>
        </button>
      </header>
      <main id="main" className="office__main" ref={main} tabIndex={-1}>
        {children}
      </main>
      {menu && <UserMenu onClose={() => setMenu(false)} />}
    </div>
  )
}

function UserMenu({ onClose }: { onClose: () => void }) {
  const { t } = useOfficeWords()
  const { operator } = useMe()
  const { signOut } = useSessions()
  return (
    <Dialog title={operator.name} onClose={onClose}>
      <div className="stack">
        <LookSettings />
        <Button
          onClick={() => {
            onClose()
            go('account')
          }}
        >
          {t('office.account.open')}
        </Button>
        <Button look="danger" onClick={() => void signOut()}>
          {t('office.signOut')}
        </Button>
      </div>
    </Dialog>
  )
}

/** Language and theme of this browser. */
export function LookSettings() {
  const { t, language } = useOfficeWords()
  const { i18n } = useTranslation()
  const { theme, setTheme } = useLook()
  return (
    <>
      <Segmented<Language>
        label={t('office.language')}
        value={language}
        choices={WHOLE_LANGUAGES.map((value) => ({ value, face: LANGUAGE_NAMES[value], lang: value }))}
        onChange={(next) => void i18n.changeLanguage(next)}
      />
      <Segmented
        label={t('office.theme')}
        value={theme}
        choices={THEMES.map((value) => ({ value, face: t(`office.themes.${value}`) }))}
        onChange={setTheme}
      />
    </>
  )
}
