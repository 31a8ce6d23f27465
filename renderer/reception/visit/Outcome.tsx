import { Fragment, type ReactNode } from 'react'
import { ActionBar } from './ActionBar.tsx'

export type OutcomeLook = 'confirmed' | 'stored' | 'refused' | 'undone'

/** How a visit ended: one colour, one shape, few words, a figure. Each look differs in all four. */
export function Outcome({
  look,
  icon,
  title,
  amount,
  text,
  children,
  actions,
}: {
  look: OutcomeLook
  icon: ReactNode
  title: string
  amount?: string
  text: string
  children?: ReactNode
  actions: ReactNode
}) {
  return (
    <section className={`visit visit--outcome visit--${look}`} aria-labelledby="visit-title">
      <div className="outcome">
        <span className="outcome__icon">{icon}</span>
        <h2 id="visit-title" className="outcome__title">
          {phrases(title).map((phrase, index) => (
            <Fragment key={phrase}>
              {index > 0 && ' '}
              <span>{phrase}</span>
            </Fragment>
          ))}
        </h2>
        {amount && (
          <p className="outcome__amount figure">
            <bdi>{amount}</bdi>
          </p>
        )}
        <p className="outcome__text">{text}</p>
        {children}
      </div>
      <ActionBar>{actions}</ActionBar>
    </section>
  )
}

/** Breaks a title after its dash and nowhere else, where it must break at all. */
function phrases(title: string): string[] {
  return title.split(/(?<=—) /)
}
