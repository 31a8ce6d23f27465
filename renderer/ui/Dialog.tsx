import { type ReactNode, useId, useLayoutEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { CrossIcon } from './icons.tsx'

interface Props {
  readonly title: string
  readonly onClose: () => void
  /** false: the focus is nowhere afterwards, so that Enter means what it means on the page and not what opened this. */
  readonly givesFocusBack?: boolean
  readonly children: ReactNode
}

/**
 * A modal on the browser's own `<dialog>`: it keeps the focus inside, Escape and a touch outside close it, and the
 * focus returns to where it was. It begins at `data-autofocus`, else at the way out.
 */
export function Dialog({ title, onClose, givesFocusBack = true, children }: Props) {
  const { t } = useTranslation()
  const dialog = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  // Before it leaves the page: only a dialog that is closed there gives the focus back.
  useLayoutEffect(() => {
    const element = dialog.current
    element?.showModal()
    element?.querySelector<HTMLElement>('[data-autofocus]')?.focus()
    return () => {
      if (givesFocusBack) element?.close()
    }
  }, [givesFocusBack])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape is the dialog's own key for the same
    <dialog
      ref={dialog}
      className="dialog"
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onClick={(event) => {
        if (event.target === dialog.current) onClose()
      }}
    >
      <div className="dialog__body">
        <div className="dialog__header">
          <h2 id={titleId}>{title}</h2>
          <button type="button" className="iconButton" aria-label={t('close')} onClick={onClose}>
            <CrossIcon />
          </button>
        </div>
        {children}
      </div>
    </dialog>
  )
}
