import { useState } from 'react'
import type { ImportProgress } from '../../../core/contract/acquisitionImports.ts'
import type { OfficeProblem } from '../client/request.ts'
import { Field } from '../ui/Field.tsx'
import { Panel, ProblemLine } from '../ui/Page.tsx'
import { useOfficeWords } from '../words.ts'
import { beginUpload } from './uploads.ts'

/** A list that nobody sends here at this moment goes on with its file, from where the server has it. */
export function GoOn({ list, problem }: { list: ImportProgress; problem: OfficeProblem | null }) {
  const { t, count } = useOfficeWords()
  const [isChosen, setChosen] = useState(false)
  const goOn = (file: File | undefined) => {
    if (!file) return
    setChosen(true)
    beginUpload(file, list)
  }
  return (
    <Panel title={t('office.lists.goOn')}>
      {problem && <ProblemLine problem={problem} />}
      <p>{t('office.lists.goOnWords', { row: count(list.nextRow) })}</p>
      <Field label={t('office.lists.file')}>
        {(own) => (
          <input
            {...own}
            className="input"
            type="file"
            accept=".csv,.tsv,.txt,text/csv"
            disabled={isChosen && problem === null}
            onChange={({ target }) => goOn(target.files?.[0])}
          />
        )}
      </Field>
    </Panel>
  )
}
