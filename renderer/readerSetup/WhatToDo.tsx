import type { SetupReader } from '../../core/counter/readerSetup.ts'
import { shownState, worksNow } from '../reception/status/readers.ts'
import { useWords } from '../words/useWords.ts'
import { CommandToCopy } from './CommandToCopy.tsx'
import { commandsIn } from './commands.ts'

/** What a person can do about a reader that does not work: in words, as the driver says it, and as commands to copy. */
export function WhatToDo({ reader }: { reader: SetupReader }) {
  const { t } = useWords()
  if (!reader.enabled || worksNow(reader)) return null
  const { code, fix } = reader
  return (
    <section className="setupPanel setupPanel--problem" aria-labelledby="what-to-do">
      <h3 id="what-to-do">{t('readerSetup.whatToDo')}</h3>
      <p>{t([`readers.codes.${code}`, `readers.fixes.${shownState(reader)}`])}</p>
      {fix && (
        <>
          {commandsIn(fix).map((command) => (
            <CommandToCopy key={command} command={command} />
          ))}
          <p className="soft whatToDo__driver">
            {t('readerSetup.driverSays')}{' '}
            <span lang="en" className="selectable">
              {fix}
            </span>
          </p>
        </>
      )}
    </section>
  )
}
