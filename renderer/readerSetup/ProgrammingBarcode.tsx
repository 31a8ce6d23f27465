import { useMemo } from 'react'
import type { SetupReader } from '../../core/counter/readerSetup.ts'
import { useWords } from '../words/useWords.ts'
import { programmingSymbol } from './symbol.ts'
import { TestBarcode } from './TestBarcode.tsx'

/** A scanner that is plugged in as something else, and the maker's barcode that switches it: scanned by the scanner itself. */
export function ProgrammingBarcode({ reader: { model, name }, code }: { reader: SetupReader; code: string }) {
  const { t } = useWords()
  const drawn = useMemo(() => programmingSymbol(code), [code])
  return (
    <section className="setupPanel stack" aria-labelledby="programming">
      <h3 id="programming">{t('readerSetup.programming.title')}</h3>
      <p>{t('readerSetup.programming.words', { name: model || name })}</p>
      <TestBarcode symbol={drawn} label={t('readerSetup.programming.drawn')} />
      <p className="soft">{t('readerSetup.programming.else')}</p>
    </section>
  )
}
