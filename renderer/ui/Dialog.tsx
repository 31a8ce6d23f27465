import { type ReactNode, useId, useLayoutEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { CrossIcon } from './icons.tsx'

/**
 * A modal on the browser's own `<dialog>`: it keeps the focus inside, Escape and a touch outside close it, and the
 * focus returns to where it was. It begins at `data-autofocus`, else at the way out.
 */
export function Dialog({ title, onClose, children }: { title: string; onClose: () => void; children: ReactNode }) {
  const { t } = useTranslation()
  const dialog = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  // Before it leaves the page: only a dialog that is closed there gives the focus back.
  useLayoutEffect(() => {
    const element = dialog.current
    element?.showModal()
    element?.querySelector<HTMLElement>('[data-autofocus]')?.focus()
    return () => element?.close()
  }, [])
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
