import { useTranslation } from 'react-i18next'

/** Opens and closes the drawer of sample media, where a simulated reader runs. */
export function SimulatorButton({ open, keys, onToggle }: { open: boolean; keys?: string; onToggle: () => void }) {
  const { t } = useTranslation()
  return (
    <button
      type="button"
      className="barButton"
      aria-expanded={open}
      aria-controls="simulator"
      aria-keyshortcuts={keys}
      onClick={onToggle}
    >
      {t('simulator.title')}
    </button>
  )
}
