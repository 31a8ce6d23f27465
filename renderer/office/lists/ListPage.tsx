import { useEffect, useState } from 'react'
import { ImportProgress } from '../../../core/contract/acquisitionImports.ts'
import { Button } from '../../ui/Button.tsx'
import { ask } from '../client/request.ts'
import { go } from '../client/route.ts'
import { useMay } from '../client/session.tsx'
import { useLoaded, useTask } from '../client/useLoaded.ts'
import { Answer, Page, ProblemLine } from '../ui/Page.tsx'
import { ReasonDialog } from '../ui/ReasonDialog.tsx'
import { useOfficeWords } from '../words.ts'
import { announceList } from './announceList.ts'
import { BadRows } from './BadRows.tsx'
import { GoOn } from './GoOn.tsx'
import { ListState } from './ListState.tsx'
import { beginUpload, stopUpload, type Upload, useUpload } from './uploads.ts'

/** A list that somebody else sends is looked at again so often. */
const LOOK_MS = 3_000

/** One list: how far it is, what it gave, every row that it could not give and why, and what to do next. */
export function ListPage({ importId }: { importId: string }) {
  const { t } = useOfficeWords()
  const path = `/v1/acquisition-imports/${importId}`
  const list = useLoaded(importId, () => ask('GET', path, ImportProgress))
  const upload = useUpload(importId)
  const { value, reload } = list
  const isElsewhere = value?.state === 'open' && !upload?.isSending
  // biome-ignore lint/correctness/useExhaustiveDependencies: each answer asks for the next look
  useEffect(() => {
    if (!isElsewhere) return
    const timer = setTimeout(reload, LOOK_MS)
    return () => clearTimeout(timer)
  }, [isElsewhere, reload, value])
  const back = { href: '#/lists', text: t('office.lists.title') }
  if (value === null) {
    return (
      <Page title={t('office.lists.one')} back={back}>
        <Answer of={list}>{() => null}</Answer>
      </Page>
    )
  }
  // What this page has sent is known to it before anybody is asked.
  const known = upload && upload.progress.nextRow >= value.nextRow && value.state === 'open' ? upload.progress : value
  return <Known list={known} upload={upload} back={back} onChanged={list.put} />
}

function Known({
  list,
  upload,
  back,
  onChanged,
}: {
  list: ImportProgress
  upload: Upload | null
  back: { href: string; text: string }
  onChanged: (list: ImportProgress) => void
}) {
  const { t, when, count } = useOfficeWords()
  const may = useMay()
  const [acting, setActing] = useState<'cancel' | 'give' | null>(null)
  const task = useTask()
  const coupons = { count: list.acquired, number: count(list.acquired) }
  const administers = may('imports.administer')
  const isChecked = list.dryRun && list.state === 'finished'
  const facts = [
    ['rows', list.nextRow - 1],
    [list.dryRun ? 'wouldGive' : 'given', list.acquired],
    ['bad', list.bad],
  ] as const
  return (
    <Page
      title={t('office.lists.of', { at: when(list.startedAt) })}
      back={back}
      actions={
        administers && (
          <>
            {isChecked && upload && list.acquired > 0 && (
              <Button look="primary" unavailable={task.busy} onClick={() => setActing('give')}>
                {t('office.lists.give', coupons)}
              </Button>
            )}
            {list.state === 'open' && (
              <Button look="danger" onClick={() => setActing('cancel')}>
                {t('office.lists.cancel')}
              </Button>
            )}
          </>
        )
      }
    >
      <p className="page__state">
        <ListState list={list} />
        {list.startedByName !== null && (
          <span className="soft">{t('office.lists.byName', { name: list.startedByName })}</span>
        )}
      </p>
      <ProblemLine problem={task.problem} />
      {upload?.isSending && (
        <div className="notice" role="status">
          <p>{t('office.lists.sending')}</p>
          <progress className="progress" max={1} value={upload.read} aria-label={t('office.lists.sending')} />
        </div>
      )}
      {list.state === 'open' && !upload?.isSending && administers && (
        <GoOn list={list} problem={upload?.problem ?? null} />
      )}
      {isChecked && <p>{t(upload ? 'office.lists.checkedHere' : 'office.lists.checked')}</p>}
      <dl className="totals">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{t(`office.lists.${name}`)}</dt>
            <dd className="figure">{count(value)}</dd>
          </div>
        ))}
      </dl>
      {list.bad > 0 && <BadRows list={list} file={upload?.file ?? null} />}
      {acting === 'cancel' && (
        <ReasonDialog
          title={t('office.lists.cancel')}
          words={t('office.lists.cancelWords')}
          submit={t('office.lists.cancel')}
          danger
          reason="none"
          act={() => {
            stopUpload(list.importId)
            return ask('POST', `/v1/acquisition-imports/${list.importId}/cancel`, ImportProgress, {})
          }}
          onDone={onChanged}
          onClose={() => setActing(null)}
        />
      )}
      {acting === 'give' && upload && (
        <ReasonDialog
          title={t('office.lists.give', coupons)}
          words={t('office.lists.giveWords', coupons)}
          submit={t('office.lists.give', coupons)}
          reason="none"
          act={() => announceList(upload.file, { campaignId: list.campaignId, storeId: list.storeId, dryRun: false })}
          onDone={(started) => {
            beginUpload(upload.file, started)
            go(`lists/${started.importId}`)
          }}
          onClose={() => setActing(null)}
        />
      )}
    </Page>
  )
}
