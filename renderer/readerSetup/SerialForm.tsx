import { type FormEvent, useEffect, useMemo, useState } from 'react'
import type { ReaderSetup } from '../../core/counter/readerSetup.ts'
import { SERIAL_PRESETS, SerialPreset, type SerialPresetId } from '../../core/readers/protocol.ts'
import { Button } from '../ui/Button.tsx'
import { useWords } from '../words/useWords.ts'
import { LineSettings } from './LineSettings.tsx'
import { PortField } from './PortField.tsx'
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
  const searching = detection?.status === 'waiting'
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
      {given === null && (
        <PortField
          setup={setup}
          path={path}
          onPath={(chosen, itsPreset) => {
            setPath(chosen)
            if (itsPreset) setDraft({ ...draft, preset: itsPreset })
          }}
        />
      )}
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
          unavailable={!parsed.success}
          onClick={() => void ask({ do: 'detectSerial', path: searching ? null : path.trim() })}
        >
          {t(searching ? 'readerSetup.serial.stop' : 'readerSetup.serial.detect')}
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
      {searching && <TestBarcode symbol={drawn} label={t('readerSetup.test.drawn', { name: 'EAN-13' })} />}
    </form>
  )
}
