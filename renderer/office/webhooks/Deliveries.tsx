import { useEffect, useState } from 'react'
import { type Delivery, DeliveryPage, DeliveryState } from '../../../core/contract/webhooks.ts'
import { Button } from '../../ui/Button.tsx'
import { Segmented } from '../../ui/Segmented.tsx'
import { ask, withQuery } from '../client/request.ts'
import { usePages } from '../client/usePages.ts'
import { Empty, Panel } from '../ui/Page.tsx'
import { PagedAnswer } from '../ui/PagedAnswer.tsx'
import { Table } from '../ui/Table.tsx'
import { useOfficeWords } from '../words.ts'
import { typeWords } from './webhookWords.tsx'

/** What is on its way is looked at again so soon. */
const SOON_MS = 2_000

type Filter = DeliveryState | 'all'

/** What was sent, the latest first, and what came back. `asked` rises whenever something has just been sent. */
export function Deliveries({ endpointId, asked }: { endpointId: string; asked: number }) {
  const { t } = useOfficeWords()
  const [state, setState] = useState<Filter>('all')
  const pages = usePages(`${endpointId} ${state} ${asked}`, (cursor) =>
    ask(
      'GET',
      withQuery(`/v1/webhooks/${endpointId}/deliveries`, {
        state: state === 'all' ? undefined : state,
        cursor,
        limit: 50,
      }),
      DeliveryPage.transform(({ deliveries, cursor: next }) => ({ items: deliveries, cursor: next })),
    ),
  )
  const { value, reload } = pages
  useEffect(() => {
    const isSoon = ({ state: now, nextAt }: Delivery) =>
      now === 'waiting' && nextAt !== null && Date.parse(nextAt) - Date.now() < SOON_MS
    if (!value?.some(isSoon)) return
    const timer = setTimeout(reload, SOON_MS)
    return () => clearTimeout(timer)
  }, [value, reload])
  return (
    <Panel
      title={t('office.webhooks.deliveries')}
      actions={
        <Button look="quiet" onClick={pages.reload}>
          {t('office.lookAgain')}
        </Button>
      }
    >
      <Segmented<Filter>
        label={t('office.state')}
        labelHidden
        value={state}
        choices={(['all', ...DeliveryState.options] as const).map((value) => ({
          value,
          face: t(`office.webhooks.delivery.${value}`),
        }))}
        onChange={setState}
      />
      <PagedAnswer
        of={pages}
        empty={
          <Empty title={t(state === 'all' ? 'office.webhooks.noDeliveries' : 'office.nothingFits')}>
            {state === 'all' && <p>{t('office.webhooks.noDeliveriesWords')}</p>}
          </Empty>
        }
      >
        {(deliveries) => <DeliveryTable deliveries={deliveries} />}
      </PagedAnswer>
    </Panel>
  )
}

const TONES = { waiting: 'accent', delivered: 'good', given_up: 'bad' } as const

function DeliveryTable({ deliveries }: { deliveries: readonly Delivery[] }) {
  const words = useOfficeWords()
  const { t, when, count } = words
  return (
    <Table
      columns={[
        t('office.webhooks.message'),
        t('office.state'),
        { number: t('office.webhooks.attempts') },
        t('office.webhooks.lastTry'),
        t('office.webhooks.nextTry'),
        t('office.webhooks.answer'),
      ]}
    >
      {deliveries.map((one) => (
        <tr key={one.noticeId}>
          <th scope="row">{one.type === '' ? t('office.webhooks.notKept') : typeWords(one.type, words)}</th>
          <td>
            <span className={`tag tag--${TONES[one.state]}`}>{t(`office.webhooks.delivery.${one.state}`)}</span>
          </td>
          <td className="table__number">{count(one.attempts)}</td>
          <td className="figure">{one.lastAt === null ? '–' : when(one.lastAt)}</td>
          <td className="figure">{one.nextAt === null ? '–' : when(one.nextAt)}</td>
          <td>
            {one.status !== null && <span className="figure">{one.status} </span>}
            {one.error !== null && t(`office.webhooks.errors.${one.error}`, { defaultValue: one.error })}
            {one.excerpt && (
              <p className="soft">
                <bdi>{one.excerpt}</bdi>
              </p>
            )}
          </td>
        </tr>
      ))}
    </Table>
  )
}
