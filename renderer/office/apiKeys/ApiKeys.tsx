import { useState } from 'react'
import { ApiKeyListResponse, type ApiKeyMade, ApiKeyResponse, type ApiKeyView } from '../../../core/contract/apiKeys.ts'
import { Button } from '../../ui/Button.tsx'
import { ask } from '../client/request.ts'
import { useMay } from '../client/session.tsx'
import { useLoaded } from '../client/useLoaded.ts'
import { useStoreNames } from '../client/useStoreNames.ts'
import { Answer, Empty, Page } from '../ui/Page.tsx'
import { ReasonDialog } from '../ui/ReasonDialog.tsx'
import { ShownSecret } from '../ui/ShownSecret.tsx'
import { Table } from '../ui/Table.tsx'
import { useOfficeWords } from '../words.ts'
import { MakeKey } from './MakeKey.tsx'
import { scopeWords } from './scopeWords.ts'

/** Keys for other programs: what each may do, when it ends, and how one is stopped. */
export function ApiKeys() {
  const { t } = useOfficeWords()
  const may = useMay()
  const keys = useLoaded('api keys', () => ask('GET', '/v1/api-keys', ApiKeyListResponse))
  const [making, setMaking] = useState(false)
  const [made, setMade] = useState<ApiKeyMade | null>(null)
  const [revoking, setRevoking] = useState<ApiKeyView | null>(null)
  const administers = may('apiKeys.administer')
  return (
    <Page
      title={t('office.apiKeys.title')}
      actions={
        administers && (
          <Button look="primary" onClick={() => setMaking(true)}>
            {t('office.apiKeys.make')}
          </Button>
        )
      }
    >
      <p className="page__words">{t('office.apiKeys.words')}</p>
      {made && (
        <ShownSecret
          title={t('office.apiKeys.tokenTitle', { name: made.key.name })}
          words={t('office.apiKeys.tokenWords')}
          secret={made.token}
          onKept={() => setMade(null)}
        />
      )}
      <Answer of={keys}>
        {({ keys: all }) =>
          all.length === 0 ? (
            <Empty title={t('office.apiKeys.none')}>
              <p>{t('office.apiKeys.noneWords')}</p>
            </Empty>
          ) : (
            <KeyTable keys={all} onRevoke={administers ? setRevoking : null} />
          )
        }
      </Answer>
      {making && (
        <MakeKey
          onMade={(key) => {
            setMaking(false)
            setMade(key)
            keys.reload()
          }}
          onClose={() => setMaking(false)}
        />
      )}
      {revoking && (
        <ReasonDialog
          title={t('office.apiKeys.revokeTitle', { name: revoking.name })}
          words={t('office.apiKeys.revokeWords')}
          submit={t('office.apiKeys.revoke')}
          danger
          reason="required"
          act={(reason) => ask('POST', `/v1/api-keys/${revoking.keyId}/revoke`, ApiKeyResponse, { reason })}
          onDone={keys.reload}
          onClose={() => setRevoking(null)}
        />
      )}
    </Page>
  )
}

const TONES = { active: 'good', expired: 'neutral', revoked: 'bad' } as const

function KeyTable({ keys, onRevoke }: { keys: readonly ApiKeyView[]; onRevoke: ((key: ApiKeyView) => void) | null }) {
  const words = useOfficeWords()
  const { t, when } = words
  const storeName = useStoreNames()
  return (
    <Table
      columns={[
        t('office.apiKeys.name'),
        t('office.state'),
        t('office.apiKeys.may'),
        t('office.store'),
        t('office.apiKeys.lastUsed'),
        t('office.apiKeys.ends'),
        ...(onRevoke ? [{ heard: t('office.do') }] : []),
      ]}
    >
      {keys.map((key) => (
        <tr key={key.keyId}>
          <th scope="row">
            <bdi>{key.name}</bdi>
          </th>
          <td>
            <span className={`tag tag--${TONES[key.state]}`}>{t(`office.apiKeys.states.${key.state}`)}</span>
          </td>
          <td>{words.list(key.scopes.map((scope) => scopeWords(scope, words)))}</td>
          <td>
            <bdi>{key.storeId === null ? t('office.everyStore') : storeName(key.storeId)}</bdi>
          </td>
          <td className="figure">{key.lastUsedAt === null ? t('office.never') : when(key.lastUsedAt)}</td>
          <td className="figure">{when(key.expiresAt)}</td>
          {onRevoke && (
            <td className="table__do">
              {key.state === 'active' && (
                <Button
                  look="quiet"
                  aria-label={t('office.apiKeys.revokeTitle', { name: key.name })}
                  onClick={() => onRevoke(key)}
                >
                  {t('office.apiKeys.revoke')}
                </Button>
              )}
            </td>
          )}
        </tr>
      ))}
    </Table>
  )
}
