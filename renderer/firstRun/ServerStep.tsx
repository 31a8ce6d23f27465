import { useState } from 'react'
import type { FirstRun } from '../../core/counter/firstRun.ts'
import { useWords } from '../words/useWords.ts'
import { TypedStep } from './TypedStep.tsx'
import { useFirstRun } from './useFirstRun.ts'

/** Where the coupon server is. The office's QR code says it too, and the code with it. */
export function ServerStep({ firstRun }: { firstRun: FirstRun }) {
  const { t } = useWords()
  const act = useFirstRun()
  const { server, asking, problem, repeated } = firstRun
  const [address, setAddress] = useState(server.address ?? '')
  const isDone = repeated && problem === null && !asking && server.address !== null && sameAs(address, server.address)
  if (server.fixed) return <p>{t('firstRun.server.fixed', { address: server.address })}</p>
  return (
    <TypedStep
      firstRun={firstRun}
      title={t(repeated ? 'firstRun.server.moved' : 'firstRun.server.title')}
      scan={repeated ? null : t('firstRun.server.scan')}
      words={t(repeated ? 'firstRun.server.movedWords' : 'firstRun.server.words')}
      label={t('firstRun.server.address')}
      field={{ maxLength: 300, inputMode: 'url', autoCapitalize: 'none' }}
      text={address}
      onText={setAddress}
      news={isDone && <p role="status">{t('firstRun.server.found')}</p>}
      submit={t(asking ? 'firstRun.server.asking' : 'firstRun.server.submit')}
      onSubmit={() => void act({ do: 'setServer', address })}
    />
  )
}

const sameAs = (typed: string, kept: string) => kept.endsWith(typed.trim().replace(/\/+$/, ''))
