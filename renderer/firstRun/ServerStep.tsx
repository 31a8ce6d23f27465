import { type FormEvent, useState } from 'react'
import type { FirstRun } from '../../core/counter/firstRun.ts'
import { Button } from '../ui/Button.tsx'
import { CodeIcon } from '../ui/icons.tsx'
import { useWords } from '../words/useWords.ts'
import { Problem } from './Problem.tsx'
import { useFirstRun } from './useFirstRun.ts'

/** Where the coupon server is. The office's QR code says it too, and the code with it. */
export function ServerStep({ firstRun }: { firstRun: FirstRun }) {
  const { t } = useWords()
  const act = useFirstRun()
  const { server, asking, problem, repeated } = firstRun
  const [address, setAddress] = useState(server.address ?? '')
  const unavailable = asking || address.trim() === ''
  const isDone = repeated && problem === null && !asking && server.address !== null && sameAs(address, server.address)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!unavailable) void act({ do: 'setServer', address })
  }
  if (server.fixed) return <p>{t('firstRun.server.fixed', { address: server.address })}</p>
  return (
    <form className="startCard startCard--wide stack" onSubmit={submit}>
      <h1>{t(repeated ? 'firstRun.server.moved' : 'firstRun.server.title')}</h1>
      {!repeated && (
        <p className="firstRun__scan">
          <CodeIcon />
          <span>{t('firstRun.server.scan')}</span>
        </p>
      )}
      <p className="soft">{t(repeated ? 'firstRun.server.movedWords' : 'firstRun.server.words')}</p>
      <label className="field">
        <span>{t('firstRun.server.address')}</span>
        <input
          className="field__input"
          dir="ltr"
          value={address}
          maxLength={300}
          inputMode="url"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          aria-describedby="server-problem"
          aria-invalid={problem !== null}
          onChange={(event) => setAddress(event.target.value)}
        />
      </label>
      <Problem id="server-problem" firstRun={firstRun} />
      {isDone && <p role="status">{t('firstRun.server.found')}</p>}
      <Button submit look="primary" size="large" unavailable={unavailable} aria-busy={asking || undefined}>
        {t(asking ? 'firstRun.server.asking' : 'firstRun.server.submit')}
      </Button>
    </form>
  )
}

const sameAs = (typed: string, kept: string) => kept.endsWith(typed.trim().replace(/\/+$/, ''))
