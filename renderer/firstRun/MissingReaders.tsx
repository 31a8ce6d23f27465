import type { SetupReader } from '../../core/counter/readerSetup.ts'
import type { Transport } from '../../core/readers/reader.ts'
import { CommandToCopy } from '../readerSetup/CommandToCopy.tsx'
import { commandsIn } from '../readerSetup/commands.ts'
import { shownState, worksNow } from '../reception/status/readers.ts'
import { useWords } from '../words/useWords.ts'

/** Kinds of readers that find themselves. */
const KINDS = ['pcsc', 'hid'] as const satisfies readonly Transport[]

/** Kinds of readers of which none has answered: why, and what to do. */
export function MissingReaders({
  readers,
  answered,
}: {
  readers: readonly SetupReader[]
  answered: readonly string[]
}) {
  const { t } = useWords()
  const missing = KINDS.filter(
    (kind) => !readers.some(({ readerId, transport }) => transport === kind && answered.includes(readerId)),
  )
  if (missing.length === 0) return null
  return (
    <section className="stack" aria-labelledby="missing-title">
      <h2 id="missing-title" className="firstRun__missingTitle">
        {t('firstRun.readers.missing')}
      </h2>
      <ul className="firstRun__missing">
        {missing.map((kind) => (
          <li key={kind}>
            <Missing kind={kind} readers={readers.filter(({ transport }) => transport === kind)} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Missing({ kind, readers }: { kind: (typeof KINDS)[number]; readers: readonly SetupReader[] }) {
  const { t } = useWords()
  const troubled = readers.find((reader) => !worksNow(reader) && reader.code !== undefined)
  const isThere = readers.some((reader) => !reader.isService)
  const commands = troubled?.fix === undefined ? [] : commandsIn(troubled.fix)
  return (
    <>
      <strong>{t(`firstRun.readers.kinds.${kind}`)}</strong>
      <p className="soft">
        {troubled
          ? t([`readers.codes.${troubled.code}`, `readers.fixes.${shownState(troubled)}`])
          : t(isThere ? `firstRun.readers.hold.${kind}` : 'firstRun.readers.plugIn')}
      </p>
      {commands.map((command) => (
        <CommandToCopy key={command} command={command} />
      ))}
    </>
  )
}
