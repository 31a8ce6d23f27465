import { type FormEvent, useEffect, useMemo, useState } from 'react'
import type { ReaderSetup } from '../../core/counter/readerSetup.ts'
import { SERIAL_PRESETS, SerialPreset, type SerialPresetId } from '../../core/readers/protocol.ts'
import { Button } from '../ui/Button.tsx'
import { useWords } from '../words/useWords.ts'
import { LineSettings } from './LineSettings.tsx'
import { testSymbol } from './symbol.ts'
import { TestBarcode } from './TestBarcode.tsx'
import { useSetup } from './useSetup.ts'

/**
 * How a serial scanner talks: by its maker, by a test scan, or by numbers. `path` null: the port is still to be chosen.
 * A field here keeps what is typed fast (`data-secret`): at this screen no scan is a customer.
 */
export function SerialForm({
  setup,
  preset: given,
  onDone,
}: {
  setup: ReaderSetup
  preset: SerialPreset | null
  onDone?: (path: string) => void
}) {
  const { t } = useWords()
  const ask = useSetup()
  const [draft, setDraft] = useState<SerialPreset>(given ?? SerialPreset.parse({ path: '/', preset: 'zebra' }))
  const [path, setPath] = useState(given?.path ?? '')
  const detection = setup.detection?.path === path.trim() ? setup.detection : null
  const found = detection?.preset ?? null
  const preset = draft.preset ?? 'custom'
  const parsed = SerialPreset.safeParse({ ...draft, path: path.trim() })
  const drawn = useMemo(() => testSymbol('ean13'), [])
  useEffect(() => {
    if (found !== null) setDraft((before) => ({ ...before, preset: found }))
  }, [found])

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (!parsed.success) return
    const answer = await ask({ do: 'setSerial', serial: parsed.data })
    if (answer.ok) onDone?.(parsed.data.path)
  }
  return (
    <form className="stack" onSubmit={submit}>
      {given === null && <PortField setup={setup} path={path} onPath={setPath} />}
      <label className="field">
        <span>{t('readerSetup.serial.preset')}</span>
        <select
          className="field__input"
          value={preset}
          onChange={(event) => setDraft({ ...draft, preset: event.target.value as SerialPresetId })}
        >
          {SERIAL_PRESETS.map((id) => (
            <option key={id} value={id}>
              {t(`readerSetup.serial.presets.${id}`)}
            </option>
          ))}
        </select>
      </label>
      {preset === 'custom' && <LineSettings preset={draft} onChange={setDraft} />}
      <div className="setupRow">
        <Button
          unavailable={!parsed.success || detection?.status === 'waiting'}
          onClick={() => void ask({ do: 'detectSerial', path: path.trim() })}
        >
          {t('readerSetup.serial.detect')}
        </Button>
        <Button submit look="primary" unavailable={!parsed.success}>
          {t(given === null ? 'readerSetup.serial.add' : 'readerSetup.save')}
        </Button>
      </div>
      <div role="status">
        {detection && (
          <p>
            {detection.preset === null
              ? t(`readerSetup.serial.detection.${detection.status}`)
              : t('readerSetup.serial.found', { preset: t(`readerSetup.serial.presets.${detection.preset}`) })}
          </p>
        )}
      </div>
      {detection?.status === 'waiting' && (
        <TestBarcode symbol={drawn} label={t('readerSetup.test.drawn', { name: 'EAN-13' })} />
      )}
    </form>
  )
}

/** The ports that the computer knows, and a field for one that it does not. */
function PortField({ setup, path, onPath }: { setup: ReaderSetup; path: string; onPath: (path: string) => void }) {
  const { t } = useWords()
  const ask = useSetup()
  const taken = new Set(setup.readers.flatMap(({ serial }) => (serial ? [serial.preset.path] : [])))
  const free = setup.ports?.list.filter((port) => !taken.has(port.path)) ?? []
  useEffect(() => {
    void ask({ do: 'listPorts' })
  }, [ask])
  return (
    <>
      <fieldset className="ports">
        <legend className="ports__legend">
          {t('readerSetup.serial.ports')}
          <Button look="quiet" onClick={() => void ask({ do: 'listPorts' })}>
            {t('readerSetup.serial.refresh')}
          </Button>
        </legend>
        {free.length === 0 && (
          <p className="soft">
            {t(setup.ports?.listing === false ? 'readerSetup.serial.noPorts' : 'readerSetup.serial.listing')}
          </p>
        )}
        {free.map((port) => (
          <label key={port.path} className="port">
            <input
              type="radio"
              name="port"
              value={port.path}
              checked={port.path === path}
              onChange={() => onPath(port.path)}
            />
            <span className="port__words">
              <bdi>{port.name}</bdi>
              <code className="soft">{port.path}</code>
              {!port.accessible && <span className="port__denied">{t('readers.states.denied')}</span>}
            </span>
          </label>
        ))}
      </fieldset>
      <label className="field">
        <span>{t('readerSetup.serial.path')}</span>
        <input
          className="field__input"
          data-secret=""
          value={path}
          maxLength={256}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          placeholder="/dev/ttyUSB0"
          onChange={(event) => onPath(event.target.value)}
        />
      </label>
    </>
  )
}
