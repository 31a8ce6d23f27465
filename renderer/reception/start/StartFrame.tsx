import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { BrandMark } from '../../ui/icons.tsx'
import { LanguageChoice } from '../status/MenuDialog.tsx'

/** The frame of the screens before the work: brand, language, one card in the middle. */
export function StartFrame({ storeName, children }: { storeName?: string; children: ReactNode }) {
  const { t } = useTranslation()
  return (
    <div className="start">
      <header className="start__header">
        <p className="brand">
          <BrandMark />
          <span className="brand__words">
            <span className="brand__name">{t('app')}</span>
            {storeName && <bdi className="brand__store">{storeName}</bdi>}
          </span>
        </p>
        <LanguageChoice labelHidden />
      </header>
      <main className="start__main">{children}</main>
    </div>
  )
}
