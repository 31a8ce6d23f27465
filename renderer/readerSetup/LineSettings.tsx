import type { SerialPreset } from '../../core/readers/protocol.ts'
import { useWords } from '../words/useWords.ts'

const SPEEDS = [1_200, 2_400, 4_800, 9_600, 19_200, 38_400, 57_600, 115_200]
const PARITIES = ['none', 'even', 'odd'] as const

/** The numbers of a serial line, for a scanner that no preset fits. */
export function LineSettings({ preset, onChange }: { preset: SerialPreset; onChange: (preset: SerialPreset) => void }) {
  const { t } = useWords()
  return (
    <div className="lineSettings">
      <Choice
        label={t('readerSetup.serial.speed')}
        value={preset.baudRate}
        values={[...new Set([...SPEEDS, preset.baudRate])]}
        onChange={(baudRate) => onChange({ ...preset, baudRate })}
      />
      <Choice
        label={t('readerSetup.serial.dataBits')}
        value={preset.dataBits}
        values={[7, 8] as const}
        onChange={(dataBits) => onChange({ ...preset, dataBits })}
      />
      <Choice
        label={t('readerSetup.serial.parity')}
        value={preset.parity}
        values={PARITIES}
        face={(parity) => t(`readerSetup.serial.parities.${parity}`)}
        onChange={(parity) => onChange({ ...preset, parity })}
      />
      <Choice
        label={t('readerSetup.serial.stopBits')}
        value={preset.stopBits}
        values={[1, 2] as const}
        onChange={(stopBits) => onChange({ ...preset, stopBits })}
      />
    </div>
  )
}

function Choice<Value extends string | number>({
  label,
  value,
  values,
  face = String,
  onChange,
}: {
  label: string
  value: Value
  values: readonly Value[]
  face?: (value: Value) => string
  onChange: (value: Value) => void
}) {
  return (
    <label className="field">
      <span>{label}</span>
      <select
        className="field__input"
        value={String(value)}
        onChange={(event) => {
          const chosen = values.find((one) => String(one) === event.target.value)
          if (chosen !== undefined) onChange(chosen)
        }}
      >
        {values.map((one) => (
          <option key={one} value={String(one)}>
            {face(one)}
          </option>
        ))}
      </select>
    </label>
  )
}
