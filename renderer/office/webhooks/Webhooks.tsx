import { useState } from 'react'
import { WebhookPage as WebhookList, type WebhookView } from '../../../core/contract/webhooks.ts'
import { Button } from '../../ui/Button.tsx'
import { ask, withQuery } from '../client/request.ts'
import { useMay } from '../client/session.tsx'
import { usePages } from '../client/usePages.ts'
import { useStoreNames } from '../client/useStoreNames.ts'
import { Empty, Page } from '../ui/Page.tsx'
import { PagedAnswer } from '../ui/PagedAnswer.tsx'
import { ShownSecret } from '../ui/ShownSecret.tsx'
import { Table } from '../ui/Table.tsx'
import { useOfficeWords } from '../words.ts'
import { WebhookDialog } from './WebhookDialog.tsx'
import { typesWords, WebhookState } from './webhookWords.tsx'

/** Whom the server tells of what happens: where, of what, and whether it arrives. */
export function Webhooks() {
  const { t } = useOfficeWords()
  const may = useMay()
  const pages = usePages('webhooks', (cursor) =>
    ask(
      'GET',
      withQuery('/v1/webhooks', { cursor, limit: 50 }),
      WebhookList.transform(({ webhooks, cursor: next }) => ({ items: webhooks, cursor: next })),
    ),
  )
  const [adding, setAdding] = useState(false)
  const [secret, setSecret] = useState<string | null>(null)
  return (
    <Page
      title={t('office.webhooks.title')}
      actions={
        may('webhooks.administer') && (
          <Button look="primary" onClick={() => setAdding(true)}>
            {t('office.webhooks.add')}
          </Button>
        )
      }
    >
      <p className="page__words">{t('office.webhooks.words')}</p>
      {secret !== null && (
        <ShownSecret
          title={t('office.webhooks.secretTitle')}
          words={t('office.webhooks.secretWords')}
          secret={secret}
          onKept={() => setSecret(null)}
        />
      )}
      <PagedAnswer
        of={pages}
        empty={
          <Empty title={t('office.webhooks.none')}>
            <p>{t('office.webhooks.noneWords')}</p>
          </Empty>
        }
      >
        {(webhooks) => <WebhookTable webhooks={webhooks} />}
      </PagedAnswer>
      {adding && (
        <WebhookDialog
          webhook={null}
          onDone={(_, shown) => {
            setAdding(false)
            setSecret(shown)
            pages.reload()
          }}
          onClose={() => setAdding(false)}
        />
      )}
    </Page>
  )
}

function WebhookTable({ webhooks }: { webhooks: readonly WebhookView[] }) {
  const words = useOfficeWords()
  const { t, when } = words
  const storeName = useStoreNames()
  return (
    <Table
      columns={[
        t('office.webhooks.address'),
        t('office.state'),
        t('office.webhooks.of'),
        t('office.store'),
        t('office.webhooks.failing'),
      ]}
    >
      {webhooks.map((webhook) => (
        <tr key={webhook.endpointId}>
          <th scope="row">
            <a href={`#/webhooks/${webhook.endpointId}`}>
              <bdi>{webhook.description || webhook.url}</bdi>
            </a>
            {webhook.description !== '' && (
              <p className="soft">
                <bdi>{webhook.url}</bdi>
              </p>
            )}
          </th>
          <td>
            <WebhookState webhook={webhook} />
          </td>
          <td>{typesWords(webhook.types, words)}</td>
          <td>
            <bdi>{webhook.storeId === null ? t('office.everyStore') : storeName(webhook.storeId)}</bdi>
          </td>
          <td className="figure">{webhook.failingSince === null ? '–' : when(webhook.failingSince)}</td>
        </tr>
      ))}
    </Table>
  )
}
