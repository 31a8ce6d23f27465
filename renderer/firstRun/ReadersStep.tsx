import { useState } from 'react'
import type { FirstRun } from '../../core/counter/firstRun.ts'
import type { ReaderSetup, SetupReader } from '../../core/counter/readerSetup.ts'
import { ReaderState } from '../readerSetup/ReaderState.tsx'
import { SerialForm } from '../readerSetup/SerialForm.tsx'
import { useSetup } from '../readerSetup/useSetup.ts'
import { Button } from '../ui/Button.tsx'
import { CheckIcon, ReaderIcon } from '../ui/icons.tsx'
import { useWords } from '../words/useWords.ts'
import { MissingReaders } from './MissingReaders.tsx'
import { useFirstRun } from './useFirstRun.ts'

/** Every reader proves itself: something is held to it, and it is ticked off with a name. */
export function ReadersStep({ firstRun, setup }: { firstRun: FirstRun; setup: ReaderSetup | null }) {
  const { t } = useWords()
  const act = useFirstRun()
  const ask = useSetup()
  const [names, setNames] = useState<Readonly<Record<string, string>>>({})
  const [adding, setAdding] = useState(false)
  if (setup === null) return null
  const readers = setup.readers.filter(({ isService }) => !isService)
  const answered = readers.filter(({ readerId }) => firstRun.answered.includes(readerId))
  const silent = readers.filter(({ readerId }) => !firstRun.answered.includes(readerId))
  /** What a person has typed, has said before, or might say. */
  const nameOf = (reader: SetupReader) =>
    names[reader.readerId] ?? (reader.name === reader.model || reader.name === '' ? proposed(reader) : reader.name)
  const proposed = (reader: SetupReader) => {
    const alike = answered.filter(({ transport }) => transport === reader.transport)
    const kind = t(`firstRun.readers.names.${reader.transport}`)
    return alike.length > 1 ? `${kind} ${alike.indexOf(reader) + 1}` : kind
  }
  const goOn = async () => {
    for (const reader of answered) {
      const name = nameOf(reader).trim()
      if (name === '' || name === reader.name) continue
      const given = await ask({ do: 'name', readerId: reader.readerId, name })
      if (!given.ok) return
    }
    await act({ do: 'readersDone' })
  }
  return (
    <section className="startCard firstRun__readers stack" aria-labelledby="readers-title">
      <h1 id="readers-title">{t('firstRun.readers.title')}</h1>
      <p>{t('firstRun.readers.words')}</p>
      <p role="status" className="visuallyHidden">
        {t('firstRun.readers.count', { count: answered.length })}
      </p>
      <ul className="firstRun__readerList" aria-label={t('firstRun.readers.list')}>
        {answered.map((reader) => (
          <li key={reader.readerId} className="firstRun__reader firstRun__reader--answered">
            <span className="firstRun__tick">
              <CheckIcon />
              <span className="visuallyHidden">{t('firstRun.readers.works')}</span>
            </span>
            <label className="field">
              <span>
                {t('firstRun.readers.name')} · <bdi className="soft">{reader.model || reader.name}</bdi>
              </span>
              <input
                className="field__input"
                value={nameOf(reader)}
                maxLength={64}
                autoComplete="off"
                onChange={(event) => setNames({ ...names, [reader.readerId]: event.target.value })}
              />
            </label>
          </li>
        ))}
        {silent.map((reader) => (
          <li key={reader.readerId} className="firstRun__reader">
            <span className="firstRun__tick firstRun__tick--open" aria-hidden="true">
              <ReaderIcon />
            </span>
            <span>
              <bdi>{reader.name}</bdi>
              <br />
              <span className="soft">{t(`firstRun.readers.hold.${reader.transport}`)}</span>
            </span>
            <ReaderState reader={reader} />
          </li>
        ))}
      </ul>
      <MissingReaders readers={setup.readers} answered={firstRun.answered} />
      <details className="firstRun__serial" onToggle={(event) => setAdding(event.currentTarget.open)}>
        <summary>{t('firstRun.readers.serial')}</summary>
        {adding && <SerialForm setup={setup} preset={null} />}
      </details>
      <div className="firstRun__actions">
        <Button look="primary" size="large" onClick={() => void goOn()}>
          {t(answered.length === 0 ? 'firstRun.readers.without' : 'firstRun.readers.goOn')}
        </Button>
      </div>
    </section>
  )
}
