import { Dialog } from '../../ui/Dialog.tsx'
import { useWords } from '../../words/useWords.ts'

const KEYS = [
  ['0–9', 'digits'],
  ['*', 'times'],
  ['+', 'plus'],
  ['Enter', 'enter'],
  ['F2', 'f2'],
  ['F3', 'f3'],
  ['F4', 'f4'],
  ['F6', 'f6'],
  ['F7', 'f7'],
  ['F8', 'f8'],
  ['F9', 'f9'],
  ['Esc', 'escape'],
  ['F1', 'f1'],
] as const

/** What each key does; the same list is in `useShortcuts`. */
export function KeysDialog({ onClose }: { onClose: () => void }) {
  const { t } = useWords()
  return (
    <Dialog title={t('keys.title')} onClose={onClose} givesFocusBack={false}>
      <dl className="keys">
        {KEYS.map(([face, name]) => (
          <div key={name} className="keys__row">
            <dt>
              <kbd>{face}</kbd>
            </dt>
            <dd>{t(`keys.${name}`)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
