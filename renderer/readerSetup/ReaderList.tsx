import type { ReaderSetup, SetupReader } from '../../core/counter/readerSetup.ts'
import { Button } from '../ui/Button.tsx'
import { useWords } from '../words/useWords.ts'
import { ReaderState } from './ReaderState.tsx'
import { useSetup } from './useSetup.ts'

/** Every reader with its health as it is this moment, and the two ways to get at one more. */
export function ReaderList({
  setup,
  chosenId,
  adding,
  onChoose,
  onAdd,
}: {
  setup: ReaderSetup
  chosenId: string | null
  adding: boolean
  onChoose: (readerId: string) => void
  onAdd: () => void
}) {
  const { t } = useWords()
  const ask = useSetup()
  const waiting = setup.identify !== null && setup.identify.readerId === null
  const services = setup.readers.filter(({ isService }) => isService)
  const readers = setup.readers.filter(({ isService }) => !isService)
  const rows = (some: readonly SetupReader[]) =>
    some.map((reader) => (
      <li key={reader.readerId}>
        <Row
          reader={reader}
          place={placeOfTwin(reader, readers)}
          chosen={reader.readerId === chosenId}
          onChoose={onChoose}
        />
      </li>
    ))
  return (
    <nav className="setupList" aria-label={t('readerSetup.list')}>
      <div className="setupList__scroll">
        <ul>
          {rows(readers)}
          {readers.length === 0 && <li className="soft">{t('readers.nothing')}</li>}
        </ul>
        {services.length > 0 && (
          <>
            <h2 className="setupList__heading">{t('readerSetup.servicesTitle')}</h2>
            <ul>{rows(services)}</ul>
          </>
        )}
      </div>
      <div className="setupList__actions" aria-live="polite">
        {waiting && <p className="setupList__waiting">{t('readerSetup.identify.waiting')}</p>}
        <Button onClick={() => void ask({ do: 'identify', on: !waiting })}>
          {t(waiting ? 'readerSetup.identify.stop' : 'readerSetup.identify.start')}
        </Button>
        <Button aria-pressed={adding} onClick={onAdd}>
          {t('readerSetup.serial.addTitle')}
        </Button>
      </div>
    </nav>
  )
}

/** Where it is plugged in, for one that another cannot be told from by its name. */
function placeOfTwin({ readerId, name, portPath }: SetupReader, readers: readonly SetupReader[]): string | null {
  const hasTwin = readers.some((other) => other.readerId !== readerId && other.name === name)
  return hasTwin ? (portPath ?? readerId) : null
}

function Row({
  reader,
  place,
  chosen,
  onChoose,
}: {
  reader: SetupReader
  place: string | null
  chosen: boolean
  onChoose: (readerId: string) => void
}) {
  const { t } = useWords()
  const kind = reader.isService
    ? t(`readerSetup.services.${reader.transport}`)
    : t(`readers.transports.${reader.transport}`)
  return (
    <button
      type="button"
      className="setupRowButton"
      aria-current={chosen ? 'true' : undefined}
      onClick={() => onChoose(reader.readerId)}
    >
      <span className="setupRowButton__words">
        <bdi className="setupRowButton__name">{reader.name}</bdi>
        <span className="soft">{kind}</span>
        {place !== null && <code className="soft setupRowButton__place">{place}</code>}
      </span>
      <ReaderState reader={reader} />
    </button>
  )
}
