import { useTranslation } from 'react-i18next'
import type { FirstRun } from '../../core/counter/firstRun.ts'
import { Button } from '../ui/Button.tsx'
import { LANGUAGE_NAMES, languageOf, WHOLE_LANGUAGES } from '../words/languages.ts'
import { Problem } from './Problem.tsx'
import { useFirstRun } from './useFirstRun.ts'

/** Which language, each by its own name. */
export function LanguageStep({ firstRun }: { firstRun: FirstRun }) {
  const { t, i18n } = useTranslation()
  const act = useFirstRun()
  const now = languageOf(i18n)
  const choose = (language: string) => {
    void i18n.changeLanguage(language)
    void act({ do: 'chooseLanguage', language })
  }
  return (
    <section className="startCard stack" aria-labelledby="language-title">
      <h1 id="language-title">{t('firstRun.language.title')}</h1>
      <p className="soft">{t('firstRun.language.words')}</p>
      {firstRun.problem && <Problem id="language-problem" firstRun={firstRun} />}
      <ul className="firstRun__languages">
        {WHOLE_LANGUAGES.map((language) => (
          <li key={language}>
            <Button
              size="large"
              {...(language === now ? { look: 'primary' as const } : {})}
              lang={language}
              onClick={() => choose(language)}
            >
              {LANGUAGE_NAMES[language]}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
