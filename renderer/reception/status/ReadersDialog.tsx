import type { ReaderHealth } from '../../../core/readers/reader.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { CheckIcon, ClockIcon, WarnIcon } from '../../ui/icons.tsx'
import { useWords } from '../../words/useWords.ts'
import { shownState, stateWords, toneOf, worksNow } from './readers.ts'

/** Every reader, how it is, and what a person can do about it. */
export function ReadersDialog({
  readers,
  onSetUp,
  onClose,
}: {
  readers: readonly ReaderHealth[]
  onSetUp: () => void
  onClose: () => void
}) {
  const { t } = useWords()
  return (
    <Dialog title={t('readers.title')} onClose={onClose} givesFocusBack={false}>
      {readers.length === 0 && <p>{t('readers.nothing')}</p>}
      <ul className="readers">
        {readers.map((reader) => (
          <li key={reader.readerId} className="reader">
            <h3 className="reader__name">
              <bdi>{reader.name}</bdi>
              <span className="soft">{t(`readers.transports.${reader.transport}`)}</span>
            </h3>
            <ReaderState reader={reader} />
            <Fix reader={reader} />
          </li>
        ))}
      </ul>
      <Button size="large" onClick={onSetUp}>
        {t('readerSetup.open')}
      </Button>
    </Dialog>
  )
}

function ReaderState({ reader }: { reader: ReaderHealth }) {
  const { t } = useWords()
  const tone = toneOf(shownState(reader))
  return (
    <p className={`badge badge--${tone}`}>
      {tone === 'good' ? <CheckIcon /> : tone === 'bad' ? <WarnIcon /> : <ClockIcon />}
      {t(stateWords(reader))}
    </p>
  )
}

/** Our words in the reader's language; the driver's exact ones, often a command, as they are. */
function Fix({ reader }: { reader: ReaderHealth }) {
  const { t } = useWords()
  if (worksNow(reader)) return null
  return (
    <div className="reader__fix">
      <p>{t([`readers.codes.${reader.code}`, `readers.fixes.${shownState(reader)}`])}</p>
      {reader.fix && (
        <p className="reader__exact" lang="en">
          {reader.fix}
        </p>
      )}
    </div>
  )
}
