import { useState } from 'react'
import { StoreList } from '../../../core/contract/stationList.ts'
import { StationAnnounced, StationRole } from '../../../core/contract/stations.ts'
import { invitationText } from '../../../core/enrolment/invitation.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { ask } from '../client/request.ts'
import { useLoaded, useTask } from '../client/useLoaded.ts'
import { Choice } from '../ui/Field.tsx'
import { Answer } from '../ui/Page.tsx'
import { QrCode } from '../ui/QrCode.tsx'
import { NameField, TaskForm } from '../ui/TaskForm.tsx'
import { useOfficeWords } from '../words.ts'

/** A new station: its name and place, then the one-time code that makes a machine of it, to type or to scan. */
export function AnnounceDialog({ onClose }: { onClose: () => void }) {
  const { t } = useOfficeWords()
  const stores = useLoaded('stores', () => ask('GET', '/v1/stores', StoreList))
  const task = useTask()
  const [storeId, setStoreId] = useState('')
  const [name, setName] = useState('')
  const [role, setRole] = useState<StationRole>('counter')
  const [announced, setAnnounced] = useState<StationAnnounced | null>(null)
  const chosen = storeId || (stores.value?.stores[0]?.storeId ?? '')
  const announce = () => ask('POST', '/v1/stations', StationAnnounced, { storeId: chosen, name: name.trim(), role })
  return (
    <Dialog title={t('office.stations.announce')} onClose={onClose}>
      {announced ? (
        <Code announced={announced} onClose={onClose} />
      ) : (
        <TaskForm
          submit={t('office.stations.makeCode')}
          ready={name.trim() !== '' && chosen !== ''}
          task={task}
          act={announce}
          onDone={setAnnounced}
          onCancel={onClose}
        >
          <Answer of={stores}>
            {({ stores: all }) => (
              <Choice
                label={t('office.store')}
                value={chosen}
                choices={all.map((one) => ({ value: one.storeId, face: one.name }))}
                onChange={setStoreId}
              />
            )}
          </Answer>
          <NameField
            label={t('office.stations.name')}
            hint={t('office.stations.nameHint')}
            value={name}
            onChange={setName}
          />
          <Choice<StationRole>
            label={t('office.stations.role')}
            value={role}
            choices={StationRole.options.map((value) => ({ value, face: t(`office.stations.roles.${value}`) }))}
            onChange={setRole}
          />
        </TaskForm>
      )}
    </Dialog>
  )
}

/** What a station scans at its first start: where the server is, and its code. */
function Code({ announced, onClose }: { announced: StationAnnounced; onClose: () => void }) {
  const { t, when } = useOfficeWords()
  const text = invitationText(window.location.origin, announced.code)
  return (
    <div className="stack">
      <p role="status">{t('office.stations.codeWords', { until: when(announced.expiresAt) })}</p>
      <div className="qrRow">
        <QrCode text={text} label={t('office.stations.qr')} />
        <code className="secret secret--large">{announced.code}</code>
      </div>
      <Button look="primary" onClick={onClose}>
        {t('office.done')}
      </Button>
    </div>
  )
}
