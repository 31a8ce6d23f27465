import { useMemo } from 'react'
import type { ReaderSetup } from '../../core/counter/readerSetup.ts'
import { WEDGE_LAYOUTS } from '../../core/readers/protocol.ts'
import { Button } from '../ui/Button.tsx'
import { Segmented } from '../ui/Segmented.tsx'
import { useWords } from '../words/useWords.ts'
import { AffixForm } from './AffixForm.tsx'
import { ModeGuidance } from './ModeGuidance.tsx'
import { calibrationSymbol } from './symbol.ts'
import { TestBarcode } from './TestBarcode.tsx'
import { useSetup } from './useSetup.ts'

/** Scanners that type: which keyboard they think they are, found out by one barcode; and the better way to connect them. */
export function WedgePanel({ setup: { wedge, calibration } }: { setup: ReaderSetup }) {
  const { t } = useWords()
  const ask = useSetup()
  const drawn = useMemo(calibrationSymbol, [])
  const waiting = calibration?.status === 'waiting'
  return (
    <>
      <section className="setupPanel stack" aria-labelledby="layout">
        <div className="setupPanel__header">
          <h3 id="layout">{t('readerSetup.wedge.title')}</h3>
          <Button onClick={() => void ask({ do: 'calibrateWedge', on: !waiting })}>
            {t(waiting ? 'readerSetup.wedge.stop' : 'readerSetup.wedge.calibrate')}
          </Button>
        </div>
        <p className="soft">{t('readerSetup.wedge.words')}</p>
        <Segmented
          label={t('readerSetup.wedge.layout')}
          value={wedge.layout}
          choices={WEDGE_LAYOUTS.map((value) => ({ value, face: t(`readerSetup.wedge.layouts.${value}`) }))}
          onChange={(layout) => void ask({ do: 'setWedge', wedge: { ...wedge, layout } })}
        />
        {waiting && (
          <>
            <p>{t('readerSetup.wedge.scan')}</p>
            <TestBarcode symbol={drawn} label={t('readerSetup.wedge.drawn')} />
          </>
        )}
        <div role="status">
          {calibration?.layout && (
            <p>{t('readerSetup.wedge.done', { layout: t(`readerSetup.wedge.layouts.${calibration.layout}`) })}</p>
          )}
          {calibration?.status === 'done' && !calibration.gs && <p>{t('readerSetup.wedge.noGs')}</p>}
          {calibration?.status === 'unknown' && <p>{t('readerSetup.wedge.unknown')}</p>}
        </div>
        <AffixForm wedge={wedge} />
      </section>
      <ModeGuidance />
    </>
  )
}
