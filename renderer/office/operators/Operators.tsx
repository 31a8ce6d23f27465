import { useState } from 'react'
import { OperatorListResponse, type OperatorView, type SetUpCode } from '../../../core/contract/operators.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { ask } from '../client/request.ts'
import { useMay } from '../client/session.tsx'
import { useLoaded } from '../client/useLoaded.ts'
import { useStoreNames } from '../client/useStoreNames.ts'
import { Answer, Empty, Page } from '../ui/Page.tsx'
import { Table } from '../ui/Table.tsx'
import { useOfficeWords } from '../words.ts'
import { AddOperator } from './AddOperator.tsx'
import { EditOperator } from './EditOperator.tsx'

/** Whoever signs in, at counters and to the office: their roles, and how they come to a password. */
export function Operators() {
  const { t } = useOfficeWords()
  const may = useMay()
  const people = useLoaded('operators', () => ask('GET', '/v1/operators', OperatorListResponse))
  const [adding, setAdding] = useState(false)
  const [editing, setEditing] = useState<OperatorView | null>(null)
  const [code, setCode] = useState<{ readonly name: string; readonly setUp: SetUpCode } | null>(null)
  const administers = may('operators.administer')
  const changed = (operator: OperatorView, setUp: SetUpCode | null) => {
    people.reload()
    setAdding(false)
    setEditing(null)
    if (setUp) setCode({ name: operator.name, setUp })
  }
  return (
    <Page
      title={t('office.operators.title')}
      actions={
        administers && (
          <Button look="primary" onClick={() => setAdding(true)}>
            {t('office.operators.add')}
          </Button>
        )
      }
    >
      <Answer of={people}>
        {({ operators }) =>
          operators.length === 0 ? (
            <Empty title={t('office.operators.none')} />
          ) : (
            <OperatorTable operators={operators} onEdit={administers ? setEditing : null} />
          )
        }
      </Answer>
      {adding && <AddOperator onAdded={changed} onClose={() => setAdding(false)} />}
      {editing && <EditOperator operator={editing} onChanged={changed} onClose={() => setEditing(null)} />}
      {code && <ShownCode {...code} onClose={() => setCode(null)} />}
    </Page>
  )
}

function OperatorTable({
  operators,
  onEdit,
}: {
  operators: readonly OperatorView[]
  onEdit: ((operator: OperatorView) => void) | null
}) {
  const { t, when } = useOfficeWords()
  const storeName = useStoreNames()
  return (
    <Table
      columns={[
        t('office.operators.name'),
        t('office.operators.role'),
        t('office.store'),
        t('office.state'),
        t('office.totp.title'),
        t('office.operators.lastSignIn'),
        ...(onEdit ? [{ heard: t('office.do') }] : []),
      ]}
    >
      {operators.map((operator) => (
        <tr key={operator.operatorId}>
          <th scope="row">
            <bdi>{operator.name}</bdi>
          </th>
          <td>{t(`office.roles.${operator.role}`)}</td>
          <td>
            <bdi>{operator.storeId === null ? t('office.everyStore') : storeName(operator.storeId)}</bdi>
          </td>
          <td>
            <span className={`tag tag--${operator.locked ? 'bad' : operator.active ? 'good' : 'neutral'}`}>
              {t(`office.operators.states.${operator.locked ? 'locked' : operator.active ? 'active' : 'left'}`)}
            </span>
          </td>
          <td>{t(`office.operators.factor.${operator.secondFactor}`)}</td>
          <td className="figure">{operator.lastSignInAt === null ? t('office.never') : when(operator.lastSignInAt)}</td>
          {onEdit && (
            <td className="table__do">
              <Button
                look="quiet"
                aria-label={t('office.operators.editOf', { name: operator.name })}
                onClick={() => onEdit(operator)}
              >
                {t('office.operators.edit')}
              </Button>
            </td>
          )}
        </tr>
      ))}
    </Table>
  )
}

function ShownCode({ name, setUp, onClose }: { name: string; setUp: SetUpCode; onClose: () => void }) {
  const { t, when } = useOfficeWords()
  return (
    <Dialog title={t('office.operators.codeTitle', { name })} onClose={onClose}>
      <div className="stack">
        <p role="status">{t('office.operators.codeWords', { until: when(setUp.expiresAt) })}</p>
        <code className="secret secret--large">{setUp.code}</code>
        <Button look="primary" onClick={onClose}>
          {t('office.done')}
        </Button>
      </div>
    </Dialog>
  )
}
