import { useState } from 'react'
import type { CounterState, SampleMedium } from '../../../core/counter/state.ts'
import { useSend } from '../../client/counterContext.tsx'
import { CrossIcon } from '../../ui/icons.tsx'
import { Segmented } from '../../ui/Segmented.tsx'
import { useWords, type Words } from '../../words/useWords.ts'
import { MediumIcon } from '../visit/MediumMark.tsx'

const FAULTS = ['none', 'slow', 'unreadable', 'unstable'] as const
type Fault = (typeof FAULTS)[number]

/** Presents sample media to the simulated reader, well or badly. Only where that reader runs. */
export function Simulator({
  simulator,
  onClose,
}: {
  simulator: NonNullable<CounterState['simulator']>
  onClose: () => void
}) {
  const words = useWords()
  const { t } = words
  const send = useSend()
  const [fault, setFault] = useState<Fault>('none')
  const [wanted, setWanted] = useState('')
  const media = simulator.media.filter((medium) => matches(words, medium, wanted))
  const tap = (sampleId: string) => void send({ type: 'simulateTap', sampleId, ...(fault === 'none' ? {} : { fault }) })
  return (
    <aside id="simulator" className="simulator" aria-labelledby="simulator-title">
      <header className="paneHeader">
        <h2 id="simulator-title">{t('simulator.title')}</h2>
        <button type="button" className="iconButton" aria-label={t('simulator.close')} onClick={onClose}>
          <CrossIcon />
        </button>
      </header>
      <Segmented
        label={t('simulator.fault')}
        value={fault}
        choices={FAULTS.map((value) => ({ value, face: t(`simulator.faults.${value}`) }))}
        onChange={setFault}
      />
      <input
        type="search"
        className="field__input"
        aria-label={t('simulator.filter')}
        placeholder={t('simulator.filter')}
        value={wanted}
        onChange={(event) => setWanted(event.target.value)}
      />
      <ul className="samples">
        {media.map((medium) => {
          const note = noteWords(words, medium.note)
          const type = t(`simulator.types.${medium.type}`)
          return (
            <li key={medium.sampleId}>
              <button
                type="button"
                className="sample"
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => tap(medium.sampleId)}
              >
                <MediumIcon type={medium.type} />
                <span className="visuallyHidden">{t('simulator.present')}</span>
                <span className="sample__words">
                  <bdi className="sample__holder">{medium.holder || note}</bdi>
                  <span className="soft">
                    {type} · {note}
                  </span>
                </span>
              </button>
            </li>
          )
        })}
        {media.length === 0 && <li className="soft">{t('simulator.empty')}</li>}
      </ul>
    </aside>
  )
}

/** The sample chain's notes in the reader's language; one that the locales do not know is shown as it is. */
function noteWords({ t }: Words, note: string): string {
  return t(`simulator.notes.${note}`, { defaultValue: note })
}

function matches(words: Words, medium: SampleMedium, wanted: string): boolean {
  const text = [medium.holder, medium.note, noteWords(words, medium.note), words.t(`simulator.types.${medium.type}`)]
  return text.join(' ').toLowerCase().includes(wanted.trim().toLowerCase())
}
