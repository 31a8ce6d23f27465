import { useState } from 'react'
import type { CodeList } from '../../../core/contract/codeLists.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { useTask } from '../client/useLoaded.ts'
import { Field } from '../ui/Field.tsx'
import { TaskForm } from '../ui/TaskForm.tsx'
import { useOfficeWords } from '../words.ts'
import { type Imported, importCodes } from './fillList.ts'

/** Lines that are no codes, of which so many are named. */
const MOST_NAMED = 20

/** Codes that were made elsewhere, from a file with one in each line. */
export function ImportCodes({ list, onClose }: { list: CodeList; onClose: () => void }) {
  const { t, count } = useOfficeWords()
  const task = useTask()
  const [file, setFile] = useState<File | null>(null)
  const [done, setDone] = useState({ of: 1, lines: 0 })
  const [imported, setImported] = useState<Imported | null>(null)
  const read = async () => {
    const lines = (await file?.text())?.split(/\r?\n/) ?? []
    return importCodes(list.listId, lines, (so) => setDone({ of: Math.max(1, lines.length), lines: so }))
  }
  const close = () => {
    if (!task.busy) onClose()
  }
  return (
    <Dialog title={t('office.codes.importFor', { name: list.name })} onClose={close}>
      {imported === null ? (
        <TaskForm
          submit={t('office.codes.import')}
          ready={file !== null}
          task={task}
          holdsWhileBusy
          act={read}
          onDone={setImported}
          onCancel={close}
        >
          <Field label={t('office.lists.file')} hint={t('office.codes.importWords')}>
            {(own) => (
              <input
                {...own}
                className="input"
                type="file"
                accept=".csv,.txt,text/csv,text/plain"
                required
                data-autofocus
                onChange={({ target }) => setFile(target.files?.[0] ?? null)}
              />
            )}
          </Field>
          {task.busy && (
            <progress className="progress" max={done.of} value={done.lines} aria-label={t('office.codes.importing')} />
          )}
        </TaskForm>
      ) : (
        <div className="stack">
          <div role="status">
            <p>{t('office.codes.imported', { count: imported.added, number: count(imported.added) })}</p>
            {imported.repeated > 0 && (
              <p>{t('office.codes.repeated', { count: imported.repeated, number: count(imported.repeated) })}</p>
            )}
            {imported.unusable.length > 0 && (
              <p>
                {t('office.codes.unusable', {
                  count: imported.unusable.length,
                  number: count(imported.unusable.length),
                  lines: imported.unusable.slice(0, MOST_NAMED).map(count).join(', '),
                })}
                {imported.unusable.length > MOST_NAMED && ' …'}
              </p>
            )}
          </div>
          <Button look="primary" onClick={close}>
            {t('office.done')}
          </Button>
        </div>
      )}
    </Dialog>
  )
}
