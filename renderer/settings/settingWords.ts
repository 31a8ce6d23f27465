import type { SettingName, SomeValues } from '../../core/contract/counterSettings.ts'
import { LANGUAGE_NAMES } from '../words/languages.ts'
import type { Words } from '../words/useWords.ts'

type Says = Pick<Words, 't' | 'language'>
/** What quick entry could show, by name. */
export type NamedCategories = readonly { readonly category: string; readonly name: string }[]

/** `3 minutes`; whole minutes from two on. */
export const idleWords = ({ t }: Says, seconds: number): string =>
  seconds >= 120 && seconds % 60 === 0
    ? t('settings.minutes', { count: seconds / 60 })
    : t('settings.seconds', { count: seconds })

/** `25 %` as the language writes it. */
export const percentWords = ({ language }: Says, value: number): string =>
  new Intl.NumberFormat(language, { style: 'percent' }).format(value / 100)

/** What a setting says, in words. */
export function settingWords(
  says: Says,
  name: SettingName,
  values: SomeValues,
  categories: NamedCategories = [],
): string {
  const { t, language } = says
  const list = (items: readonly string[]) =>
    items.length === 0 ? t('settings.noneOfThem') : new Intl.ListFormat(language, { type: 'conjunction' }).format(items)
  switch (name) {
    case 'language': {
      const chosen = values.language ?? 'machine'
      return chosen === 'machine' ? t('settings.machine') : LANGUAGE_NAMES[chosen]
    }
    case 'theme':
      return t(`settings.${values.theme ?? 'system'}`)
    case 'volume':
      return percentWords(says, values.volume ?? 0)
    case 'oneTap':
    case 'slips':
    case 'customerDisplay':
      return t(values[name] ? 'settings.on' : 'settings.off')
    case 'idleSeconds':
      return idleWords(says, values.idleSeconds ?? 0)
    case 'printer':
      return values.printer ? `${values.printer.host}:${values.printer.port}` : t('settings.asSetUp')
    case 'categories': {
      const nameOf = (one: string) => categories.find(({ category }) => category === one)?.name ?? one
      return values.categories ? list(values.categories.map(nameOf)) : t('settings.all')
    }
    case 'readers':
      return list((values.readers ?? []).map((kind) => t(`settings.kinds.${kind}`)))
  }
}
