import type { ReactNode } from 'react'
import { ThisMachine } from '../kiosk/ThisMachine.tsx'
import { Button } from '../ui/Button.tsx'
import { useNow } from '../ui/useNow.ts'
import { useWords } from '../words/useWords.ts'

interface Props {
  readonly title: string
  /** What the cashier cannot do meanwhile. */
  readonly paused: string
  readonly managerName: string
  /** Epoch milliseconds at which the screen is the cashier's again. */
  readonly endsAt: number
  readonly onLeave: () => void
  /** What else the screen offers. */
  readonly children?: ReactNode
}

/** The head of a manager's screen: who is here, for how long, and the way back. */
export function ManagerHeader({ title, paused, managerName, endsAt, onLeave, children }: Props) {
  const { t } = useWords()
  const now = useNow(10_000)
  const minutes = Math.max(1, Math.ceil((endsAt - now) / 60_000))
  return (
    <header className="setup__header">
      <div className="setup__title">
        <h1>{title}</h1>
        <p className="soft">
          <bdi>{managerName}</bdi> · {paused} {t('readerSetup.endsIn', { minutes })}
        </p>
      </div>
      {children}
      <ThisMachine />
      <Button look="primary" keys="Escape" onClick={onLeave}>
        {t('readerSetup.back')}
      </Button>
    </header>
  )
}
