import type { ReactNode } from 'react'

export type Tone = 'good' | 'warn' | 'bad' | 'neutral'

/** A state in an icon and words, never in colour alone; touching it explains it. */
export function StatusChip({
  tone,
  icon,
  text,
  detail,
  onOpen,
}: {
  tone: Tone
  icon: ReactNode
  text: string
  detail?: string | undefined
  onOpen: () => void
}) {
  return (
    <button type="button" className={`statusChip statusChip--${tone}`} aria-haspopup="dialog" onClick={onOpen}>
      {icon}
      <span className="statusChip__words">
        <span className="statusChip__text">{text}</span>
        {detail && <span className="statusChip__detail">{detail}</span>}
      </span>
    </button>
  )
}
