import { type FormEvent, useEffect, useRef, useState } from 'react'
import type { ReaderSetup, SetupReader } from '../../core/counter/readerSetup.ts'
import { needsOtherMode } from '../reception/status/readers.ts'
import { Button } from '../ui/Button.tsx'
import { Switch } from '../ui/Switch.tsx'
import { useWords } from '../words/useWords.ts'
import { CardPanel } from './CardPanel.tsx'
import { LiveTest } from './LiveTest.tsx'
import { ModeGuidance } from './ModeGuidance.tsx'
import { ProgrammingBarcode } from './ProgrammingBarcode.tsx'
import { ReaderState } from './ReaderState.tsx'
import { SerialForm } from './SerialForm.tsx'
import { useSetup } from './useSetup.ts'
import { WedgePanel } from './WedgePanel.tsx'
import { WhatToDo } from './WhatToDo.tsx'

/** One reader: how it is, what it is called, whether it is used, and a try. */
export function ReaderDetail({ setup, reader }: { setup: ReaderSetup; reader: SetupReader }) {
  const { t } = useWords()
  const ask = useSetup()
  const { readerId, serial, transport, isService } = reader
  return (
    <article className="setupDetail stack" aria-labelledby="reader-name">
      <header className="setupDetail__header">
        <h2 id="reader-name">
          <bdi>{reader.name}</bdi>
        </h2>
        <ReaderState reader={reader} exact />
      </header>
      <WhatToDo reader={reader} />
      {reader.programmingCode && <ProgrammingBarcode reader={reader} code={reader.programmingCode} />}
      <section className="setupPanel stack" aria-label={t('readerSetup.about')}>
        {!isService && <NameForm reader={reader} fresh={setup.identify?.readerId === readerId} />}
        <dl className="facts">
          <dt>{t('readerSetup.facts.kind')}</dt>
          <dd>{t(isService ? `readerSetup.services.${transport}` : `readers.transports.${transport}`)}</dd>
          {reader.model !== '' && <Fact name={t('readerSetup.facts.model')} value={reader.model} />}
          {reader.family && <Fact name={t('readerSetup.facts.family')} value={reader.family} />}
          <Fact name={t(serial ? 'readerSetup.facts.port' : 'readerSetup.facts.place')} value={readerId} exact />
          {reader.portPath && <Fact name={t('readerSetup.facts.plug')} value={reader.portPath} exact />}
        </dl>
        {!isService && (
          <Switch
            label={t('readerSetup.use')}
            on={reader.enabled}
            onChange={(enabled) => void ask({ do: 'enable', readerId, enabled })}
          />
        )}
      </section>
      {!isService && reader.enabled && !needsOtherMode(reader) && <LiveTest reader={reader} test={setup.test} />}
      {canIndicate(reader) && <Lights reader={reader} indicated={setup.indicated} />}
      {serial && <SerialPort setup={setup} serial={serial} />}
      {transport === 'pcsc' && <CardPanel pcsc={setup.pcsc} />}
      {transport === 'wedge' && <WedgePanel setup={setup} />}
      {transport === 'hid' && isService && <ModeGuidance />}
    </article>
  )
}

function Fact({ name, value, exact = false }: { name: string; value: string; exact?: boolean }) {
  return (
    <>
      <dt>{name}</dt>
      <dd className="selectable">{exact ? <code>{value}</code> : <bdi>{value}</bdi>}</dd>
    </>
  )
}

/** `fresh`: it has just been tapped to be named. */
function NameForm({ reader: { readerId, name, model }, fresh }: { reader: SetupReader; fresh: boolean }) {
  const { t } = useWords()
  const ask = useSetup()
  const given = name === model ? '' : name
  const [draft, setDraft] = useState(given)
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => setDraft(given), [given])
  useEffect(() => {
    if (fresh) field.current?.focus()
  }, [fresh])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void ask({ do: 'name', readerId, name: draft.trim() })
  }
  return (
    <form className="nameForm" onSubmit={submit}>
      <label className="field">
        <span>{t('readerSetup.name')}</span>
        <input
          ref={field}
          className="field__input"
          data-secret=""
          value={draft}
          maxLength={64}
          autoComplete="off"
          placeholder={t('readerSetup.nameExample')}
          onChange={(event) => setDraft(event.target.value)}
        />
      </label>
      <Button submit unavailable={draft.trim() === given}>
        {t('readerSetup.save')}
      </Button>
    </form>
  )
}

function SerialPort({ setup, serial }: { setup: ReaderSetup; serial: NonNullable<SetupReader['serial']> }) {
  const { t } = useWords()
  const ask = useSetup()
  const { preset, fixed } = serial
  return (
    <section className="setupPanel stack" aria-labelledby="serial-port">
      <h3 id="serial-port">{t('readerSetup.serial.title')}</h3>
      {fixed && <p className="soft">{t('readerSetup.serial.fixed')}</p>}
      <SerialForm setup={setup} preset={preset} />
      {!fixed && (
        <div className="setupRow">
          <Button look="danger" onClick={() => void ask({ do: 'removeSerial', path: preset.path })}>
            {t('readerSetup.serial.remove')}
          </Button>
        </div>
      )}
    </section>
  )
}

const canIndicate = ({ enabled, capabilities }: SetupReader): boolean =>
  enabled && capabilities !== undefined && (capabilities.buzzer || capabilities.led)

/** Lights and buzzer, where the reader has them and lets them be driven. */
function Lights({ reader, indicated }: { reader: SetupReader; indicated: ReaderSetup['indicated'] }) {
  const { t } = useWords()
  const ask = useSetup()
  const { readerId } = reader
  const answer = indicated?.readerId === readerId ? indicated : null
  return (
    <section className="setupPanel stack" aria-labelledby="lights">
      <h3 id="lights">{t('readerSetup.lights.title')}</h3>
      <div className="setupRow">
        {(['accepted', 'refused'] as const).map((outcome) => (
          <Button key={outcome} onClick={() => void ask({ do: 'indicate', readerId, outcome })}>
            {t(`readerSetup.lights.${outcome}`)}
          </Button>
        ))}
      </div>
      <p role="status">{answer && t(answer.done ? 'readerSetup.lights.done' : 'readerSetup.lights.notDone')}</p>
    </section>
  )
}
