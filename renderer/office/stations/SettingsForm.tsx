import { useState } from 'react'
import {
  changedSettings,
  SETTING_NAMES,
  type SettingName,
  SomeValues,
  type StationDifference,
  StoreSettings,
} from '../../../core/contract/counterSettings.ts'
import { SettingInput } from '../../settings/SettingInput.tsx'
import { settingWords } from '../../settings/settingWords.ts'
import { Button } from '../../ui/Button.tsx'
import { ask } from '../client/request.ts'
import { Choice } from '../ui/Field.tsx'
import { ReasonDialog } from '../ui/ReasonDialog.tsx'
import { useOfficeWords } from '../words.ts'

type Marks = StationDifference['marks']
type Mark = 'store' | 'fixed' | 'free'

interface Props {
  readonly store: StoreSettings
  /** null: of the whole store. */
  readonly station: StoreSettings['stations'][number] | null
  /** Which settings may be changed at a counter is this person's to say. */
  readonly mayMark: boolean
  readonly mayChange: boolean
  /** Where it is sent. */
  readonly path: string
  readonly onSaved: (settings: StoreSettings) => void
}

/** All settings of a store, or those in which one counter differs; changes are shown once more before they are sent. */
export function SettingsForm({ store, station, mayMark, mayChange, path, onSaved }: Props) {
  const words = useOfficeWords()
  const { t } = words
  const before: SomeValues = station ? station.difference.values : store.values
  const marksBefore: Marks = station
    ? station.difference.marks
    : Object.fromEntries(store.fixed.map((name) => [name, 'fixed' as const]))
  const [values, setValues] = useState(before)
  const [marks, setMarks] = useState(marksBefore)
  const [asking, setAsking] = useState(false)
  const isFixed = (name: SettingName) => (marks[name] ?? (store.fixed.includes(name) ? 'fixed' : 'free')) === 'fixed'
  const changed = SETTING_NAMES.filter(
    (name) => changedSettings(before, values).includes(name) || marks[name] !== marksBefore[name],
  )
  const missing = station ? [] : SETTING_NAMES.filter((name) => values[name] === undefined)
  const isValid = missing.length === 0 && SomeValues.safeParse(values).success
  const set = (name: SettingName, value: SomeValues[SettingName]) =>
    setValues((now) => ({ ...now, [name]: value }) as SomeValues)
  const differ = (name: SettingName, differs: boolean) =>
    setValues(({ [name]: _, ...others }) => (differs ? { ...others, [name]: store.values[name] } : others))
  const mark = (name: SettingName, to: Mark) =>
    setMarks(({ [name]: _, ...others }) => (to === 'store' ? others : { ...others, [name]: to }))
  const body = station
    ? { basedOn: station.difference.version, values, marks }
    : { basedOn: store.version, values, fixed: SETTING_NAMES.filter((name) => marks[name] === 'fixed') }
  const valueWords = (name: SettingName, from: SomeValues) =>
    station && from[name] === undefined
      ? t('office.settings.asStore', { value: settingWords(words, name, store.values) })
      : settingWords(words, name, from)
  const markWords = (name: SettingName, from: Marks) => {
    const own = from[name]
    return own ? t(`office.settings.${own}`) : ''
  }
  return (
    <>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (isValid && changed.length > 0) setAsking(true)
        }}
      >
        <div className="settingForm">
          {SETTING_NAMES.map((name) => {
            const label = t(`settings.names.${name}`)
            const mayThis = mayChange && (mayMark || !isFixed(name))
            const differs = station !== null && name in values
            return (
              <div key={name} className="settingForm__row">
                <div>
                  {station && (
                    <label className="setting__check">
                      <input
                        type="checkbox"
                        checked={differs}
                        disabled={!mayThis}
                        onChange={({ target }) => differ(name, target.checked)}
                      />
                      <span>{t('office.settings.differs', { name: label })}</span>
                    </label>
                  )}
                  {station === null || differs ? (
                    <SettingInput
                      name={name}
                      values={values}
                      readOnly={!mayThis}
                      onChange={(value) => set(name, value)}
                    />
                  ) : (
                    <p className="soft">
                      {t('office.settings.asStore', { value: settingWords(words, name, store.values) })}
                    </p>
                  )}
                </div>
                {mayMark ? (
                  <Choice<Mark>
                    label={t('office.settings.markOf', { name: label })}
                    value={marks[name] ?? (station ? 'store' : 'free')}
                    choices={[
                      ...(station
                        ? [
                            {
                              value: 'store' as const,
                              face: t('office.settings.asStore', {
                                value: t(`office.settings.${store.fixed.includes(name) ? 'fixed' : 'free'}`),
                              }),
                            },
                          ]
                        : []),
                      { value: 'free', face: t('office.settings.free') },
                      { value: 'fixed', face: t('office.settings.fixed') },
                    ]}
                    onChange={(to) => mark(name, station === null && to === 'free' ? 'store' : to)}
                  />
                ) : (
                  <p className="soft">{t(`office.settings.${isFixed(name) ? 'fixed' : 'free'}`)}</p>
                )}
              </div>
            )
          })}
        </div>
        {mayChange && (
          <>
            <p className="inlineProblem" role="alert">
              {isValid ? '' : t('office.settings.invalid')}
            </p>
            <div className="page__actions">
              <Button submit look="primary" unavailable={!isValid || changed.length === 0}>
                {t('office.settings.save')}
              </Button>
            </div>
          </>
        )}
      </form>
      {asking && (
        <ReasonDialog
          title={t('office.settings.save')}
          words={t('office.settings.saveWords')}
          submit={t('office.settings.save')}
          reason="none"
          act={() => ask('POST', path, StoreSettings, body)}
          onDone={onSaved}
          onClose={() => setAsking(false)}
        >
          <ul className="rows">
            {changed.map((name) => (
              <li key={name} className="rows__row">
                <span>{t(`settings.names.${name}`)}</span>
                <span>
                  {t('office.settings.fromTo', {
                    before: [valueWords(name, before), markWords(name, marksBefore)].filter(Boolean).join(', '),
                    after: [valueWords(name, values), markWords(name, marks)].filter(Boolean).join(', '),
                  })}
                </span>
              </li>
            ))}
          </ul>
        </ReasonDialog>
      )}
    </>
  )
}
