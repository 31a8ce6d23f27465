import { createInstance, type TFunction } from 'i18next'
import { OFFICE_WORDS } from '../../renderer/office/words.ts'
import { discount, money } from '../../renderer/words/amounts.ts'
import { type Language, WHOLE_LANGUAGES, WORDS } from '../../renderer/words/languages.ts'
import { labelIn, titleIn } from '../../renderer/words/titles.ts'
import { loadSampleChain } from '../../resources/sample/sampleChain.ts'

/** What the screens say in one language, from the locales that they say it from. */
export interface Spoken {
  readonly language: Language
  readonly t: TFunction
  /** Yen, as the screens write them. */
  money(amount: number): string
  /** `−¥200`. */
  off(amount: number): string
  /** A campaign of the sample chain, by its English title, as this language has it. */
  title(english: string): string
  /** A basket of the sample chain by its id. */
  basket(basketId: string): string
  /** A category of the sample chain by its id. */
  category(category: string): string
  /** What fits wherever a message is shown, whatever stands in its places. */
  pattern(key: string): RegExp
}

const chain = loadSampleChain()

export function spoken(language: Language): Spoken {
  const i18n = createInstance()
  const ofOffice = WHOLE_LANGUAGES.find((whole) => whole === language) ?? 'en'
  void i18n.init({
    lng: language,
    fallbackLng: 'en',
    resources: {
      en: { translation: { ...WORDS.en, office: OFFICE_WORDS.en } },
      [language]: { translation: { ...WORDS[language], office: OFFICE_WORDS[ofOffice] } },
    },
    interpolation: { escapeValue: false },
    initAsync: false,
  })
  const { t } = i18n
  return {
    language,
    t,
    money: (amount) => money(language, 'JPY', amount),
    off: (amount) => discount(language, 'JPY', amount),
    title(english) {
      const campaign = chain.campaigns.find(({ rules }) => rules.title === english)
      if (!campaign) throw new Error(`the sample has no campaign “${english}”`)
      return titleIn(language, campaign.rules)
    },
    basket(basketId) {
      const basket = chain.baskets.find((one) => one.basketId === basketId)
      if (!basket) throw new Error(`the sample has no basket ${basketId}`)
      return labelIn(language, basket.name, basket.names)
    },
    category(category) {
      const found = chain.categories.find((one) => one.category === category)
      if (!found) throw new Error(`the sample has no category ${category}`)
      return labelIn(language, found.label, found.labels)
    },
    pattern: (key) => templatePattern(t(key, { skipInterpolation: true })),
  }
}

/** `Wait {{seconds}} s.` → `Wait .+? s\.`; the places are groups. */
function templatePattern(template: string): RegExp {
  const parts = template.split(/\{\{\w+\}\}/)
  return new RegExp(parts.map(literally).join('(.+?)'))
}

/** A text as it is, within a regular expression. */
export function literally(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
}
