import { useState } from 'react'
import { SETTING_NAMES, type SettingName, SomeValues } from '../../core/contract/counterSettings.ts'
import type { DayDesk } from '../../core/counter/dayDesk.ts'
import { SettingInput } from '../settings/SettingInput.tsx'
import { settingWords } from '../settings/settingWords.ts'
import { Button } from '../ui/Button.tsx'
import { useWords } from '../words/useWords.ts'
import { useDay } from './useDay.ts'

/** What this counter goes by: each setting, where it comes from, and what may be changed here. */
export function SettingsPanel({ settings }: { settings: DayDesk['settings'] }) {
  const words = useWords()
  const { t } = words
  const ask = useDay()
  const [changing, setChanging] = useState<SettingName | null>(null)
  const { version, office, chosen, fixed, waits } = settings
  const categories = settings.categories.map(({ category, label, labels }) => ({
    category,
    name: words.label(label, labels),
  }))
  const done = () => setChanging(null)
  return (
    <div className="setupDetail stack">
      <h2 id="settings-title">{t('settings.desk.title')}</h2>
      <p className="soft" role="status">
        {t('settings.desk.version', { version })} {waits && t('settings.desk.waits')}
      </p>
      <ul className="settingRows" aria-labelledby="settings-title">
        {SETTING_NAMES.map((name) => {
          const isFixed = fixed.includes(name)
          const isHere = !isFixed && chosen[name] !== undefined
          const label = t(`settings.names.${name}`)
          const officeWords = settingWords(words, name, office, categories)
          return (
            <li key={name} className="settingRow">
              <strong>{label}</strong>
              <span>
                <bdi>{isHere ? settingWords(words, name, chosen, categories) : officeWords}</bdi>
                <br />
                <span className="soft">
                  {isHere
                    ? t('settings.desk.here', { value: officeWords })
                    : t(isFixed ? 'settings.desk.fixed' : 'settings.desk.office')}
                </span>
              </span>
              <span className="settingRow__does">
                {isHere && (
                  <Button
                    aria-label={t('settings.desk.returnOf', { name: label })}
                    onClick={() => void ask({ do: 'returnSetting', name })}
                  >
                    {t('settings.desk.return')}
                  </Button>
                )}
                {!isFixed && changing !== name && (
                  <Button aria-label={t('settings.desk.changeOf', { name: label })} onClick={() => setChanging(name)}>
                    {t('settings.desk.change')}
                  </Button>
                )}
              </span>
              {changing === name && !isFixed && (
                <Editing
                  name={name}
                  values={{ ...office, ...chosen }}
                  categories={categories}
                  onSave={async (values) => {
                    if ((await ask({ do: 'setSetting', values })).ok) done()
                  }}
                  onCancel={done}
                />
              )}
            </li>
          )
        })}
      </ul>
    </div>
  )
}

function Editing({
  name,
  values,
  categories,
  onSave,
  onCancel,
}: {
  name: SettingName
  values: SomeValues
  categories: readonly { readonly category: string; readonly name: string }[]
  onSave: (values: SomeValues) => Promise<void>
  onCancel: () => void
}) {
  const { t } = useWords()
  const [draft, setDraft] = useState(values)
  const parsed = SomeValues.safeParse({ [name]: draft[name] })
  const isValid = parsed.success && draft[name] !== undefined
  return (
    <form
      className="settingEdit stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (isValid) void onSave(parsed.data)
      }}
    >
      <SettingInput
        name={name}
        values={draft}
        categories={categories}
        onChange={(value) => setDraft((before) => ({ ...before, [name]: value }))}
      />
      <p className="inlineProblem" role="alert">
        {isValid ? '' : t('settings.desk.invalid')}
      </p>
      <div className="row">
        <Button onClick={onCancel}>{t('settings.desk.cancel')}</Button>
        <Button submit look="primary" unavailable={!isValid}>
          {t('settings.desk.save')}
        </Button>
      </div>
    </form>
  )
}
