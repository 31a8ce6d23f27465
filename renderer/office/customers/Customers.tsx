import { useState } from 'react'
import { FoundHolder } from '../../../core/contract/holders.ts'
import { Button } from '../../ui/Button.tsx'
import { ask } from '../client/request.ts'
import { go } from '../client/route.ts'
import { useTask } from '../client/useLoaded.ts'
import { useSubmit } from '../client/useSubmit.ts'
import { TextField } from '../ui/Field.tsx'
import { Empty, Page, problemWords } from '../ui/Page.tsx'
import { useOfficeWords } from '../words.ts'
import { BY_PHONE } from './CustomerPage.tsx'

/** A customer is found by the code that a terminal shows after their card was tapped there; never by a number. */
export function Customers() {
  const { t } = useOfficeWords()
  const task = useTask()
  const [code, setCode] = useState('')
  const find = useSubmit({
    task,
    ready: code.trim() !== '',
    act: () => ask('POST', '/v1/holders/find', FoundHolder, { presentation: code.trim() }),
    onDone: (found) => go(`customers/${found.holderId}?shown=${found.mediumId ?? BY_PHONE}`),
  })
  const isUnknown = task.problem?.kind === 'refused' && task.problem.status === 404
  return (
    <Page title={t('office.customers.title')}>
      <form className="filters" onSubmit={find}>
        <TextField
          label={t('office.customers.code')}
          value={code}
          maxLength={64}
          autoComplete="off"
          spellCheck={false}
          onChange={setCode}
        />
        <Button submit look="primary" unavailable={task.busy || code.trim() === ''}>
          {t('office.customers.find')}
        </Button>
      </form>
      <p className="inlineProblem" role="alert">
        {isUnknown ? t('office.customers.unknownCode') : task.problem ? problemWords(task.problem, t) : ''}
      </p>
      <Empty title={t('office.customers.none')}>
        <p>{t('office.customers.noneWords')}</p>
      </Empty>
    </Page>
  )
}
