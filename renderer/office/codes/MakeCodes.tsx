import { useState } from 'react'
import type { CodeList } from '../../../core/contract/codeLists.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { saveFile } from '../client/saveFile.ts'
import { useTask } from '../client/useLoaded.ts'
import { TextField } from '../ui/Field.tsx'
import { TaskForm } from '../ui/TaskForm.tsx'
import { useOfficeWords } from '../words.ts'
import { makeCodes } from './fillList.ts'

const MOST_AT_ONCE = 100_000

/** New codes, to be downloaded at once: the server keeps only what they hash to, and shows them nowhere again. */
export function MakeCodes({ list, onClose }: { list: CodeList; onClose: () => void }) {
  const { t, count } = useOfficeWords()
  const task = useTask()
  const [wanted, setWanted] = useState('100')
  const [made, setMade] = useState(0)
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  const [isSaved, setSaved] = useState(false)
  const number = /^\d{1,6}$/.test(wanted) ? Number(wanted) : 0
  const isWrong = number < 1 || number > MOST_AT_ONCE
  const save = () => {
    if (codes === null) return
    saveFile(`codes-${list.name}.csv`, `${['code', ...codes].join('\r\n')}\r\n`)
    setSaved(true)
  }
  // What has been made and not been saved would be lost.
  const close = () => {
    if (!task.busy && (codes === null || isSaved)) onClose()
  }
  return (
    <Dialog title={t('office.codes.makeFor', { name: list.name })} onClose={close}>
      {codes === null ? (
        <TaskForm
          submit={t('office.codes.make')}
          ready={!isWrong}
          task={task}
          holdsWhileBusy
          act={() => makeCodes(list.listId, list.codes, number, setMade)}
          onDone={setCodes}
          onCancel={close}
        >
          <p>{t('office.codes.makeWords')}</p>
          <TextField
            label={t('office.codes.howMany')}
            hint={t('office.codes.howManyHint', { most: count(MOST_AT_ONCE) })}
            problem={isWrong && wanted !== '' ? t('office.editor.invalid') : undefined}
            value={wanted}
            inputMode="numeric"
            required
            maxLength={6}
            autoComplete="off"
            data-autofocus
            onChange={setWanted}
          />
          {task.busy && (
            <progress className="progress" max={number} value={made} aria-label={t('office.codes.making')} />
          )}
        </TaskForm>
      ) : (
        <div className="stack">
          <p role="status">{t('office.codes.madeWords', { count: codes.length, number: count(codes.length) })}</p>
          <div className="row">
            <Button look={isSaved ? 'secondary' : 'primary'} onClick={save}>
              {t('office.codes.save')}
            </Button>
            <Button look={isSaved ? 'primary' : 'secondary'} unavailable={!isSaved} onClick={close}>
              {t('office.done')}
            </Button>
          </div>
        </div>
      )}
    </Dialog>
  )
}
