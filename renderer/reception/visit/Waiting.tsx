import { type ReactNode, useEffect, useRef } from 'react'
import { ActionBar, takeFreeFocus } from './ActionBar.tsx'

/**
 * The calm screens: waiting for a card, reading it, looking for coupons. One layout, so that nothing jumps between
 * them. `working` shows a ring after 300 ms; faster answers never flash one.
 */
export function Waiting({
  title,
  text,
  look,
  picture,
  children,
}: {
  title: string
  text: string
  look: 'ready' | 'working' | 'trouble'
  picture: ReactNode
  children?: ReactNode
}) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => takeFreeFocus(heading.current), [])
  return (
    <section className={`visit visit--waiting visit--${look}`} aria-labelledby="visit-title">
      <div className="waiting">
        <div className="waiting__picture">
          {picture}
          {look === 'working' && <span className="ring" />}
        </div>
        <h2 id="visit-title" ref={heading} tabIndex={-1} data-resting-focus="" className="waiting__title">
          {/* Other words are others, not the same ones moved. */}
          <span key={title}>{title}</span>
        </h2>
        <p className="waiting__text">
          <span key={text}>{text}</span>
        </p>
      </div>
      <ActionBar>{children}</ActionBar>
    </section>
  )
}

/** A card and a phone over a reader. */
export function TapPicture() {
  return (
    <svg className="tapPicture" viewBox="0 0 240 200" aria-hidden="true" focusable="false">
      <path className="tapPicture__wave tapPicture__wave--3" d="M52 126a96 96 0 0 1 136 0" />
      <path className="tapPicture__wave tapPicture__wave--2" d="M74 146a64 64 0 0 1 92 0" />
      <path className="tapPicture__wave tapPicture__wave--1" d="M96 166a33 33 0 0 1 48 0" />
      <g className="tapPicture__card">
        <rect className="tapPicture__cardFace" x="62" y="12" width="116" height="74" rx="11" />
        <path className="tapPicture__cardBand" d="M62 34h116v14H62z" />
        <rect className="tapPicture__cardChip" x="76" y="60" width="40" height="8" rx="4" />
      </g>
      <rect className="tapPicture__reader" x="42" y="180" width="156" height="13" rx="6.5" />
    </svg>
  )
}
