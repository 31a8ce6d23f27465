import type { WebhookView } from '../../../core/contract/webhooks.ts'
import { type OfficeWords, useOfficeWords } from '../words.ts'

/** What one kind of message tells; of one that this program does not know, its own name. */
export const typeWords = (type: string, { t }: Pick<OfficeWords, 't'>): string =>
  t(`office.webhooks.types.${type.replace('.', '_')}`, { defaultValue: type })

/** Of what an endpoint is told; none named: of everything. */
export const typesWords = (types: readonly string[], words: OfficeWords): string =>
  types.length === 0 ? words.t('office.webhooks.everything') : words.list(types.map((type) => typeWords(type, words)))

/** Whether messages go there, and why not. */
export function WebhookState({ webhook: { disabledWhy, failingSince } }: { webhook: WebhookView }) {
  const { t } = useOfficeWords()
  if (disabledWhy !== null) {
    const tone = disabledWhy === 'by_hand' ? 'neutral' : 'bad'
    return <span className={`tag tag--${tone}`}>{t(`office.webhooks.states.${disabledWhy}`)}</span>
  }
  const state = failingSince === null ? 'enabled' : 'retrying'
  return (
    <span className={`tag tag--${failingSince === null ? 'good' : 'warn'}`}>
      {t(`office.webhooks.states.${state}`)}
    </span>
  )
}
