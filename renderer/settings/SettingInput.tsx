import './settings.css'
import { useId, useState } from 'react'
import {
  READER_KINDS,
  type SettingName,
  type SlipPrinter,
  type SomeValues,
} from '../../core/contract/counterSettings.ts'
import { LANGUAGE_NAMES, LANGUAGES } from '../words/languages.ts'
import { useWords } from '../words/useWords.ts'
import { idleWords, type NamedCategories, percentWords } from './settingWords.ts'

const VOLUMES = [0, 25, 50, 75, 100]
const IDLES = [30, 60, 180, 300, 600, 1_800]
const COLUMNS = [32, 42, 48]

interface Props {
  readonly name: SettingName
  readonly values: SomeValues
  /** What quick entry could show; absent: nobody here knows, and names are typed. */
  readonly categories?: NamedCategories
  readonly readOnly?: boolean
  /** A value of this setting that is not valid yet is `undefined`. */
  readonly onChange: (value: SomeValues[SettingName]) => void
}

/** Where one setting is changed: its name, its value, and what it does. */
export function SettingInput({ name, values, categories, readOnly = false, onChange }: Props) {
  const words = useWords()
  const { t } = words
  const id = useId()
  const label = t(`settings.names.${name}`)
  const described = { id, 'aria-describedby': `${id}-hint`, disabled: readOnly }
  const hint = (
    <p id={`${id}-hint`} className="setting__hint">
      {t(`settings.hints.${name}`)}
    </p>
  )
  const choice = <Value extends string | number | boolean>(
    value: Value,
    choices: readonly (readonly [Value, string])[],
  ) => (
    <div className="setting">
      <label htmlFor={id}>{label}</label>
      <select
        {...described}
        className="field__input"
        value={String(value)}
        onChange={({ target }) => {
          const chosen = choices.find(([one]) => String(one) === target.value)
          if (chosen) onChange(chosen[0] as SomeValues[SettingName])
        }}
      >
        {choices.map(([one, face]) => (
          <option key={String(one)} value={String(one)}>
            {face}
          </option>
        ))}
      </select>
      {hint}
    </div>
  )
  /** Those that are usual, and the one that is set. */
  const numbers = (usual: readonly number[], value: number, face: (value: number) => string) =>
    choice(
      value,
      [...new Set([...usual, value])].sort((a, b) => a - b).map((one) => [one, face(one)] as const),
    )
  const checks = (chosen: readonly string[], all: readonly (readonly [string, string])[]) => (
    <fieldset className="setting setting__checks" disabled={readOnly} aria-describedby={`${id}-hint`}>
      <legend>{label}</legend>
      {all.map(([one, face]) => (
        <label key={one} className="setting__check">
          <input
            type="checkbox"
            checked={chosen.includes(one)}
            onChange={({ target }) => {
              const next = all
                .map(([key]) => key)
                .filter((key) => (key === one ? target.checked : chosen.includes(key)))
              onChange(next as SomeValues[SettingName])
            }}
          />
          <span>{face}</span>
        </label>
      ))}
      {hint}
    </fieldset>
  )
  switch (name) {
    case 'language':
      return choice<NonNullable<SomeValues['language']>>(values.language ?? 'machine', [
        ['machine', t('settings.machine')],
        ...LANGUAGES.map((language) => [language, LANGUAGE_NAMES[language]] as const),
      ])
    case 'theme':
      return choice<NonNullable<SomeValues['theme']>>(values.theme ?? 'system', [
        ['system', t('settings.system')],
        ['light', t('settings.light')],
        ['dark', t('settings.dark')],
      ])
    case 'volume':
      return numbers(VOLUMES, values.volume ?? 100, (value) => percentWords(words, value))
    case 'idleSeconds':
      return numbers(IDLES, values.idleSeconds ?? 180, (seconds) => idleWords(words, seconds))
    case 'oneTap':
    case 'slips':
    case 'customerDisplay':
      return choice(values[name] ?? false, [
        [true, t('settings.on')],
        [false, t('settings.off')],
      ])
    case 'printer':
      return (
        <div className="setting">
          <label htmlFor={id}>{label}</label>
          <PrinterField {...described} printer={values.printer ?? null} onChange={onChange} />
          {hint}
        </div>
      )
    case 'readers':
      return checks(
        values.readers ?? [],
        READER_KINDS.map((kind) => [kind, t(`settings.kinds.${kind}`)] as const),
      )
    case 'categories': {
      if (categories) {
        const all = categories.map((one) => [one.category, one.name] as const)
        return checks(values.categories ?? all.map(([category]) => category), all)
      }
      return (
        <div className="setting">
          <label htmlFor={id}>{label}</label>
          <TypedList {...described} list={values.categories ?? null} onChange={onChange} />
          {hint}
        </div>
      )
    }
  }
}

type Described = { readonly id: string; readonly 'aria-describedby': string; readonly disabled: boolean }

/** `food, drinks`; empty: all. */
function TypedList({
  list,
  onChange,
  ...rest
}: Described & { list: readonly string[] | null; onChange: (list: string[] | null) => void }) {
  const [typed, setTyped] = useState((list ?? []).join(', '))
  return (
    <input
      {...rest}
      className="field__input"
      value={typed}
      maxLength={500}
      autoComplete="off"
      onChange={({ target }) => {
        setTyped(target.value)
        const names = target.value.split(',').flatMap((name) => (name.trim() === '' ? [] : [name.trim()]))
        onChange(names.length === 0 ? null : names)
      }}
    />
  )
}

/** `192.0.2.7:9100`, and how wide its paper is. */
function PrinterField({
  printer,
  onChange,
  ...rest
}: Described & { printer: SlipPrinter | null; onChange: (printer: SlipPrinter | null | undefined) => void }) {
  const { t } = useWords()
  const [typed, setTyped] = useState(printer ? `${printer.host}:${printer.port}` : '')
  const [columns, setColumns] = useState(printer?.columns ?? 42)
  const tell = (address: string, width: number) => {
    const [, host, port] = /^([\w.-]{1,253}):(\d{1,5})$/.exec(address.trim()) ?? []
    if (address.trim() === '') onChange(null)
    else onChange(host && port ? { host, port: Number(port), columns: width } : undefined)
  }
  return (
    <div className="setting__printer">
      <input
        {...rest}
        className="field__input"
        value={typed}
        placeholder="192.0.2.7:9100"
        maxLength={260}
        autoComplete="off"
        onChange={({ target }) => {
          setTyped(target.value)
          tell(target.value, columns)
        }}
      />
      <select
        aria-label={t('settings.columns')}
        disabled={rest.disabled}
        className="field__input"
        value={columns}
        onChange={({ target }) => {
          setColumns(Number(target.value))
          tell(typed, Number(target.value))
        }}
      >
        {[...new Set([...COLUMNS, columns])].map((one) => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
      </select>
    </div>
  )
}
