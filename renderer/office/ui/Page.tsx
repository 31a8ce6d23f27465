import { type ReactNode, useEffect, useId } from 'react'
import { Button } from '../../ui/Button.tsx'
import type { OfficeProblem } from '../client/request.ts'
import type { Loaded } from '../client/useLoaded.ts'
import { type OfficeWords, useOfficeWords } from '../words.ts'

/** One screen: its heading, what can be done about all of it, and its parts. */
export function Page({
  title,
  back,
  actions,
  children,
}: {
  title: string
  /** Where it is a part of. */
  back?: { readonly href: string; readonly text: string }
  actions?: ReactNode
  children: ReactNode
}) {
  useEffect(() => {
    document.title = `${title} · Tapcoupon`
  }, [title])
  return (
    <div className="page">
      <div className="page__head">
        <div>
          {back && (
            <a className="page__back" href={back.href}>
              ← {back.text}
            </a>
          )}
          <h1>
            <bdi>{title}</bdi>
          </h1>
        </div>
        {actions && <div className="page__actions">{actions}</div>}
      </div>
      {children}
    </div>
  )
}

/** A part of a screen with a heading of its own. */
export function Panel({ title, actions, children }: { title: string; actions?: ReactNode; children: ReactNode }) {
  const id = useId()
  return (
    <section className="panel" aria-labelledby={id}>
      <div className="panel__head">
        <h2 id={id}>{title}</h2>
        {actions}
      </div>
      {children}
    </section>
  )
}

/** What came of asking, as soon as something did; what was asked again stays until it comes. */
export function Answer<Value>({ of, children }: { of: Loaded<Value>; children: (value: Value) => ReactNode }) {
  const { t } = useOfficeWords()
  return (
    <div className="answer" aria-busy={of.busy}>
      {of.problem && (
        <div className="notice notice--bad" role="alert">
          <p>{problemWords(of.problem, t)}</p>
          <Button onClick={of.reload}>{t('office.again')}</Button>
        </div>
      )}
      {of.value === null
        ? of.busy && (
            <p className="soft" role="status">
              {t('office.loading')}
            </p>
          )
        : children(of.value)}
    </div>
  )
}

/** There is nothing, why, and what one could do. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="empty">
      <p className="empty__title">{title}</p>
      {children}
    </div>
  )
}

/** Why something was not done; nothing while there is no reason. */
export function ProblemLine({ problem }: { problem: OfficeProblem | null }) {
  const { t } = useOfficeWords()
  return (
    <p className="inlineProblem" role="alert">
      {problem ? problemWords(problem, t) : ''}
    </p>
  )
}

/** A problem in the reader's words: by what the server named, never its own sentence alone. */
export function problemWords(problem: OfficeProblem, t: OfficeWords['t']): string {
  if (problem.kind !== 'refused') return t(`office.problems.${problem.kind}`)
  const { status, problem: body, retryAfter } = problem
  const { reason, params = {}, errors } = body
  if (status === 429) return t('office.problems.wait', { seconds: retryAfter ?? 60 })
  if (params.fourEyes === true) return t('office.problems.fourEyes')
  if (typeof params.limit === 'string') {
    const limit = t(`office.fields.${params.limit}`)
    return params.used === undefined
      ? t('office.problems.limitFixed', { limit })
      : t('office.problems.limitUsed', { limit, used: params.used })
  }
  if (params.contentHash !== undefined) return t('office.problems.changedSince')
  if (typeof params.state === 'string') return t('office.problems.state', { state: t(`office.states.${params.state}`) })
  if (reason === 'operator_not_allowed') return t('office.problems.notAllowed')
  const where = errors?.[0]
  if (where) return t('office.problems.invalid', { what: `${where.path} ${where.message}` })
  if (status === 404) return t('office.problems.gone')
  return t('office.problems.refused', { detail: body.detail ?? body.title })
}
