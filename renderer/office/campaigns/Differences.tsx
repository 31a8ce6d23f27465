import type { CampaignDifference } from '../../../core/contract/campaigns.ts'
import { Table } from '../ui/Table.tsx'
import { useOfficeWords } from '../words.ts'
import { placeWords, valueWords } from './ruleWords.ts'

/** Each place that changes, with what it was and what it becomes; never by colour alone. */
export function Differences({
  changes,
  currency,
  from,
  to,
}: {
  changes: CampaignDifference['changes']
  currency: string
  from: number
  to: number
}) {
  const words = useOfficeWords()
  const { t } = words
  if (changes.length === 0) return <p>{t('office.review.same')}</p>
  return (
    <Table
      columns={[
        t('office.review.place'),
        t('office.review.before', { version: from }),
        t('office.review.after', { version: to }),
      ]}
      className="differences"
    >
      {changes.map(({ path, before, after }) => {
        const name = path.split('/').at(-1) ?? ''
        return (
          <tr key={path}>
            <th scope="row">{placeWords(path, words)}</th>
            <td className="differences__before">
              {before === undefined ? (
                <span className="soft">{t('office.review.absent')}</span>
              ) : (
                <del>{valueWords(name, before, currency, words)}</del>
              )}
            </td>
            <td className="differences__after">
              {after === undefined ? (
                <span className="soft">{t('office.review.removed')}</span>
              ) : (
                <ins>{valueWords(name, after, currency, words)}</ins>
              )}
            </td>
          </tr>
        )
      })}
    </Table>
  )
}
