import { useState } from 'react'
import { type StoreSettings, StoreSettings as StoreSettingsSchema } from '../../../core/contract/counterSettings.ts'
import { StoreList } from '../../../core/contract/stationList.ts'
import { Button } from '../../ui/Button.tsx'
import { ask } from '../client/request.ts'
import { useMay } from '../client/session.tsx'
import { useLoaded } from '../client/useLoaded.ts'
import { Choice } from '../ui/Field.tsx'
import { Answer, Page, Panel } from '../ui/Page.tsx'
import { Table } from '../ui/Table.tsx'
import { useOfficeWords } from '../words.ts'
import { SettingsForm } from './SettingsForm.tsx'

type Station = StoreSettings['stations'][number]

/** What the counters of a store go by, how single ones differ, and which of them already do. */
export function CounterSettings({ storeId }: { storeId: string | null }) {
  const { t } = useOfficeWords()
  const stores = useLoaded('stores', () => ask('GET', '/v1/stores', StoreList)).value?.stores ?? []
  const chosen = storeId ?? stores[0]?.storeId ?? null
  return (
    <Page
      title={t('office.settings.title')}
      back={{ href: '#/stations', text: t('office.settings.back') }}
      actions={
        chosen !== null && (
          <Choice
            label={t('office.settings.store')}
            value={chosen}
            choices={stores.map(({ storeId: value, name: face }) => ({ value, face }))}
            onChange={(value) => window.location.assign(`#/stations/settings/${encodeURIComponent(value)}`)}
          />
        )
      }
    >
      <p className="page__words">{t('office.settings.words')}</p>
      {chosen !== null && <OfStore key={chosen} storeId={chosen} />}
    </Page>
  )
}

function OfStore({ storeId }: { storeId: string }) {
  const { t, when } = useOfficeWords()
  const may = useMay()
  const path = `/v1/stores/${encodeURIComponent(storeId)}/settings`
  const settings = useLoaded(path, () => ask('GET', path, StoreSettingsSchema))
  const [edited, setEdited] = useState<string | null>(null)
  const setBy = ({ by, at }: Pick<StoreSettings, 'by' | 'at'>) =>
    at === null ? t('office.settings.never') : t('office.settings.setBy', { name: by ?? '–', at: when(at) })
  return (
    <Answer of={settings}>
      {(known) => {
        const station = known.stations.find(({ stationId }) => stationId === edited)
        return (
          <>
            <Panel title={t('office.settings.ofStore')}>
              <p className="soft">
                {t('office.settings.version', { version: known.version })} · {setBy(known)}
              </p>
              <SettingsForm
                key={`store ${known.version}`}
                store={known}
                station={null}
                mayMark={may('stationSettings.administer')}
                mayChange={may('stationSettings.administer')}
                path={path}
                onSaved={settings.put}
              />
            </Panel>
            <Panel title={t('office.settings.stations')}>
              {known.stations.length === 0 ? (
                <p>{t('office.stations.none')}</p>
              ) : (
                <Stations stations={known.stations} onEdit={may('stationSettings.station') ? setEdited : null} />
              )}
            </Panel>
            {station && (
              <Panel
                title={t('office.settings.ofStation', { name: station.name })}
                actions={<Button onClick={() => setEdited(null)}>{t('office.done')}</Button>}
              >
                <p className="soft">{setBy(station)}</p>
                <SettingsForm
                  key={`${station.stationId} ${station.version}`}
                  store={known}
                  station={station}
                  mayMark={may('stationSettings.administer')}
                  mayChange={may('stationSettings.station')}
                  path={`/v1/stations/${encodeURIComponent(station.stationId)}/settings`}
                  onSaved={settings.put}
                />
              </Panel>
            )}
          </>
        )
      }}
    </Answer>
  )
}

function Stations({
  stations,
  onEdit,
}: {
  stations: readonly Station[]
  onEdit: ((stationId: string) => void) | null
}) {
  const { t, list } = useOfficeWords()
  return (
    <Table
      columns={[
        t('office.stations.name'),
        t('office.settings.differences'),
        t('office.settings.goesBy'),
        t('office.settings.has'),
        ...(onEdit ? [{ heard: t('office.do') }] : []),
      ]}
    >
      {stations.map(({ stationId, name, difference, version, hasVersion }) => {
        const { values, marks } = difference
        const names = [...new Set([...Object.keys(values), ...Object.keys(marks)])]
        const isThere = hasVersion === version
        return (
          <tr key={stationId}>
            <th scope="row">
              <bdi>{name}</bdi>
            </th>
            <td>
              {names.length === 0
                ? t('office.settings.none')
                : list(names.map((setting) => t(`settings.names.${setting}`)))}
            </td>
            <td className="figure">{version}</td>
            <td>
              <span className="figure">{hasVersion ?? t('office.settings.unsaid')}</span>{' '}
              <span className={`tag tag--${isThere ? 'good' : 'accent'}`}>
                {t(isThere ? 'office.settings.upToDate' : 'office.settings.waits')}
              </span>
            </td>
            {onEdit && (
              <td className="table__do">
                <Button
                  look="quiet"
                  aria-label={t('office.settings.editOf', { name })}
                  onClick={() => onEdit(stationId)}
                >
                  {t('office.settings.edit')}
                </Button>
              </td>
            )}
          </tr>
        )
      })}
    </Table>
  )
}
