import { useState } from 'react'
import { type StationEntry, StationList } from '../../../core/contract/stationList.ts'
import { StationRevoked } from '../../../core/contract/stations.ts'
import { Button } from '../../ui/Button.tsx'
import { ask } from '../client/request.ts'
import { useMay } from '../client/session.tsx'
import { useLoaded } from '../client/useLoaded.ts'
import { Answer, Empty, Page } from '../ui/Page.tsx'
import { ReasonDialog } from '../ui/ReasonDialog.tsx'
import { Table } from '../ui/Table.tsx'
import { useOfficeWords } from '../words.ts'
import { AnnounceDialog } from './AnnounceDialog.tsx'

/** Counters and registration terminals: what stands where, when it was heard of, and how it comes and goes. */
export function Stations() {
  const { t } = useOfficeWords()
  const may = useMay()
  const stations = useLoaded('stations', () => ask('GET', '/v1/stations', StationList))
  const [announcing, setAnnouncing] = useState(false)
  const [revoking, setRevoking] = useState<StationEntry | null>(null)
  const administers = may('stations.administer')
  return (
    <Page
      title={t('office.stations.title')}
      actions={
        <>
          <a className="button button--secondary button--normal" href="#/stations/settings">
            <span className="button__label">{t('office.settings.open')}</span>
          </a>
          {administers && (
            <Button look="primary" onClick={() => setAnnouncing(true)}>
              {t('office.stations.announce')}
            </Button>
          )}
        </>
      }
    >
      <Answer of={stations}>
        {({ stations: all }) =>
          all.length === 0 ? (
            <Empty title={t('office.stations.none')}>
              <p>{t('office.stations.noneWords')}</p>
            </Empty>
          ) : (
            <StationTable stations={all} onRevoke={administers ? setRevoking : null} />
          )
        }
      </Answer>
      {announcing && (
        <AnnounceDialog
          onClose={() => {
            setAnnouncing(false)
            stations.reload()
          }}
        />
      )}
      {revoking && (
        <ReasonDialog
          title={t('office.stations.revokeTitle', { name: revoking.name })}
          words={t('office.stations.revokeWords')}
          submit={t('office.stations.revoke')}
          danger
          reason="none"
          act={() => ask('POST', `/v1/stations/${encodeURIComponent(revoking.stationId)}/revoke`, StationRevoked)}
          onDone={stations.reload}
          onClose={() => setRevoking(null)}
        />
      )}
    </Page>
  )
}

const TONES = { announced: 'accent', enrolled: 'good', revoked: 'bad' } as const

function StationTable({
  stations,
  onRevoke,
}: {
  stations: readonly StationEntry[]
  onRevoke: ((station: StationEntry) => void) | null
}) {
  const { t, when, count } = useOfficeWords()
  return (
    <Table
      columns={[
        t('office.stations.name'),
        t('office.store'),
        t('office.stations.role'),
        t('office.state'),
        t('office.stations.seen'),
        t('office.stations.program'),
        { number: t('office.stations.settled') },
        ...(onRevoke ? [{ heard: t('office.do') }] : []),
      ]}
    >
      {stations.map((station) => (
        <tr key={station.stationId}>
          <th scope="row">
            <bdi>{station.name}</bdi>
          </th>
          <td>
            <bdi>{station.storeName}</bdi>
          </td>
          <td>{t(`office.stations.roles.${station.role}`)}</td>
          <td>
            <span className={`tag tag--${TONES[station.state]}`}>{t(`office.stations.states.${station.state}`)}</span>
          </td>
          <td className="figure">{station.seenAt === null ? t('office.never') : when(station.seenAt)}</td>
          <td>{station.program ?? <span className="soft">{t('office.stations.unsaid')}</span>}</td>
          <td className="table__number">
            {station.keepsJournal ? count(station.settledThrough) : <span className="soft">–</span>}
          </td>
          {onRevoke && (
            <td className="table__do">
              {station.state !== 'revoked' && (
                <Button
                  look="quiet"
                  aria-label={t('office.stations.revokeTitle', { name: station.name })}
                  onClick={() => onRevoke(station)}
                >
                  {t('office.stations.revoke')}
                </Button>
              )}
            </td>
          )}
        </tr>
      ))}
    </Table>
  )
}
