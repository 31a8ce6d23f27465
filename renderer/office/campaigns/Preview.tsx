import { useEffect, useState } from 'react'
import type { CampaignRules } from '../../../core/campaigns/rules.ts'
import { PreviewResponse, type PreviewResult } from '../../../core/contract/campaigns.ts'
import { StoreList } from '../../../core/contract/stationList.ts'
import { ENTRIES, type Entry, MEDIUM_TYPES, type MediumType } from '../../../core/media/medium.ts'
import { labelIn } from '../../words/titles.ts'
import { ask } from '../client/request.ts'
import { useLoaded } from '../client/useLoaded.ts'
import { Choice, TextField } from '../ui/Field.tsx'
import { Answer } from '../ui/Page.tsx'
import { useOfficeWords } from '../words.ts'
import { amountOf } from './ruleWords.ts'

const SETTLED_MS = 400

interface Purchase {
  readonly storeId: string
  readonly mediumType: MediumType
  readonly entry: Entry
  /** Of a purchase of one's own; empty: the sample baskets. */
  readonly amount: string
  readonly category: string
}

/** What rules would give, by the code that decides at the counter: for sample purchases, or one of one's own. */
export function Preview({ rules }: { rules: CampaignRules }) {
  const { t } = useOfficeWords()
  const stores = useLoaded('stores', () => ask('GET', '/v1/stores', StoreList))
  const [purchase, setPurchase] = useState<Purchase>({
    storeId: '',
    mediumType: 'felica-idm',
    entry: 'tap',
    amount: '',
    category: '',
  })
  const change = (changed: Partial<Purchase>) => setPurchase((before) => ({ ...before, ...changed }))
  return (
    <Answer of={stores}>
      {({ stores: all }) => {
        const [first] = all
        if (!first) return <p>{t('office.preview.noStore')}</p>
        const storeId = purchase.storeId || first.storeId
        return (
          <div className="preview">
            <div className="filters">
              <Choice
                label={t('office.store')}
                value={storeId}
                choices={all.map((one) => ({ value: one.storeId, face: one.name }))}
                onChange={(chosen) => change({ storeId: chosen })}
              />
              <Choice<MediumType>
                label={t('office.fields.types')}
                value={purchase.mediumType}
                choices={MEDIUM_TYPES.map((value) => ({ value, face: t(`simulator.types.${value}`) }))}
                onChange={(mediumType) => change({ mediumType })}
              />
              <Choice<Entry>
                label={t('office.fields.entries')}
                value={purchase.entry}
                choices={ENTRIES.map((value) => ({ value, face: t(`office.values.${value}`) }))}
                onChange={(entry) => change({ entry })}
              />
              <TextField
                label={t('office.preview.own')}
                hint={t('office.preview.ownWords')}
                value={purchase.amount}
                inputMode="decimal"
                maxLength={12}
                onChange={(amount) => change({ amount })}
              />
              <TextField
                label={t('office.preview.category')}
                value={purchase.category}
                maxLength={64}
                onChange={(category) => change({ category })}
              />
            </div>
            <Results rules={rules} purchase={{ ...purchase, storeId }} />
          </div>
        )
      }}
    </Answer>
  )
}

function Results({ rules, purchase }: { rules: CampaignRules; purchase: Purchase }) {
  const { t } = useOfficeWords()
  const asked = JSON.stringify({ rules, purchase })
  const [settled, setSettled] = useState(asked)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(asked), SETTLED_MS)
    return () => clearTimeout(timer)
  }, [asked])
  const results = useLoaded(settled, () =>
    ask('POST', '/v1/campaigns/preview', PreviewResponse, requestOf(rules, purchase)),
  )
  return (
    <Answer of={results}>
      {({ results: all, currency }) => (
        <ul className="previewResults" aria-label={t('office.preview.results')}>
          {all.map((one, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: baskets have no other name
            <li key={index}>
              <ResultLine result={one} currency={currency} />
            </li>
          ))}
        </ul>
      )}
    </Answer>
  )
}

function requestOf(rules: CampaignRules, { storeId, mediumType, entry, amount, category }: Purchase) {
  const total = amountOf(rules.currency, amount)
  // One that begins later is tried when it begins.
  const at = Math.max(Date.now(), Date.parse(rules.validFrom))
  const item = {
    lineId: '1',
    unitPrice: total,
    lineTotal: total,
    ...(category.trim() ? { category: category.trim() } : {}),
  }
  const own = { name: '', objective: { currency: rules.currency, total, items: [item] } }
  return {
    rules,
    storeId,
    mediumType,
    entry,
    at: new Date(at).toISOString(),
    ...(total === null ? {} : { baskets: [own] }),
  }
}

function ResultLine({ result, currency }: { result: PreviewResult; currency: string }) {
  const words = useOfficeWords()
  const { t, language } = words
  const { name, names, total, lines, outcome } = result
  const label = new Map(lines.map((line) => [line.lineId, line.label]))
  return (
    <>
      <p className="previewResults__name">
        <bdi>{name === '' ? t('office.preview.ownBasket') : labelIn(language, name, names)}</bdi>{' '}
        <span className="soft figure">{words.amount(currency, total)}</span>
      </p>
      {outcome.status === 'usable' ? (
        <>
          <p className="previewResults__gives figure">{words.off(currency, outcome.discount.total)}</p>
          <p className="soft previewResults__lines">
            {outcome.discount.allocations
              .map(({ lineId, amount }) => `${label.get(lineId) ?? lineId} ${words.off(currency, amount)}`)
              .join(' · ')}
          </p>
        </>
      ) : (
        <p className="previewResults__not">{words.reason(outcome, currency).text}</p>
      )}
    </>
  )
}
