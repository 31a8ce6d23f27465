import { useState } from 'react'
import { type BadRow, badLinesOf } from '../../../core/acquisition/badLines.ts'
import { ROW_FAULTS } from '../../../core/acquisition/csv.ts'
import type { ImportProgress } from '../../../core/contract/acquisitionImports.ts'
import { Button } from '../../ui/Button.tsx'
import { saveFile } from '../client/saveFile.ts'
import { Panel } from '../ui/Page.tsx'
import { Table } from '../ui/Table.tsx'
import { type OfficeWords, useOfficeWords } from '../words.ts'
import { piecesOf } from './uploads.ts'

/** Why rows were not taken, how many of each, and every single one to download; their lines while the file is at hand. */
export function BadRows({ list, file }: { list: ImportProgress; file: File | null }) {
  const words = useOfficeWords()
  const { t, count } = words
  const [state, setState] = useState<'idle' | 'busy' | 'failed'>('idle')
  const report = `/v1/acquisition-imports/${list.importId}/report`
  const saveLines = async () => {
    if (file === null || state === 'busy') return
    setState('busy')
    const bad = await badRows(report)
    if (bad !== null) saveFile(`bad-lines-${file.name}`, await joined(badLinesOf(piecesOf(file), bad)))
    setState(bad === null ? 'failed' : 'idle')
  }
  const reasons = Object.entries(list.reasons).sort(([, a], [, b]) => b - a)
  return (
    <Panel
      title={t('office.lists.badTitle')}
      actions={
        <div className="page__actions">
          {file !== null && (
            <Button unavailable={state === 'busy'} onClick={() => void saveLines()}>
              {t('office.lists.badLines')}
            </Button>
          )}
          <a className="button button--quiet button--normal" href={report} download>
            {t('office.lists.badReport')}
          </a>
        </div>
      }
    >
      <p className="soft">{t(file === null ? 'office.lists.badWords' : 'office.lists.badLinesWords')}</p>
      {state === 'failed' && (
        <p className="inlineProblem" role="alert">
          {t('office.problems.unreachable')}
        </p>
      )}
      <Table columns={[t('office.reason'), { number: t('office.lists.rows') }]}>
        {reasons.map(([reason, rows]) => (
          <tr key={reason}>
            <th scope="row">{rowReason(reason, words)}</th>
            <td className="table__number">{count(rows)}</td>
          </tr>
        ))}
      </Table>
    </Panel>
  )
}

/** What could not be read of a row has words of its own; what was refused has those of every refusal. */
function rowReason(reason: string, { t }: OfficeWords): string {
  const isFault = ROW_FAULTS.some((fault) => fault === reason)
  return isFault ? t(`office.lists.faults.${reason}`) : t(`reasons.codes.${reason}.text`, { defaultValue: reason })
}

/** null: the server did not answer. */
async function badRows(report: string): Promise<readonly BadRow[] | null> {
  try {
    const answer = await fetch(report, { credentials: 'same-origin' })
    if (!answer.ok) return null
    const [, ...lines] = (await answer.text()).trimEnd().split('\r\n')
    return lines.map((line) => {
      const [row = '', reason = ''] = line.split(',')
      return { row: Number(row), reason }
    })
  } catch {
    return null
  }
}

async function joined(lines: AsyncIterable<string>): Promise<string> {
  let text = ''
  for await (const line of lines) text += line
  return text
}
