import type { CampaignDifference } from '../../../core/contract/campaigns.ts'
import { TableScroll } from '../ui/TableScroll.tsx'
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
    <TableScroll>
      <table className="table differences">
        <thead>
          <tr>
            <th scope="col">{t('office.review.place')}</th>
            <th scope="col">{t('office.review.before', { version: from })}</th>
            <th scope="col">{t('office.review.after', { version: to })}</th>
          </tr>
        </thead>
        <tbody>
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
        </tbody>
      </table>
    </TableScroll>
  )
}
