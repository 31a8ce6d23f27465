import type { SetupReader } from '../../core/counter/readerSetup.ts'
import { shownState, stateWords, toneOf } from '../reception/status/readers.ts'
import { CheckIcon, ClockIcon, WarnIcon } from '../ui/icons.tsx'
import { useWords } from '../words/useWords.ts'

/** A reader's state in plain words; `exact` adds UPOS's own word and the driver's code, for support. */
export function ReaderState({ reader, exact = false }: { reader: SetupReader; exact?: boolean }) {
  const { t } = useWords()
  const shown = shownState(reader)
  const tone = reader.enabled ? toneOf(shown) : 'neutral'
  return (
    <span className="readerState">
      <span className={`badge badge--${tone}`}>
        {tone === 'good' ? <CheckIcon /> : tone === 'bad' ? <WarnIcon /> : <ClockIcon />}
        {t(reader.enabled ? stateWords(reader) : 'readerSetup.off')}
      </span>
      {exact && (
        <code className="readerState__exact" lang="en">
          {reader.code === undefined ? reader.state : `${reader.state} · ${reader.code}`}
        </code>
      )}
    </span>
  )
}
