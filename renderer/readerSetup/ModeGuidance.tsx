import { useWords } from '../words/useWords.ts'

/**
 * How a scanner that types is told to report as a scanner instead. Named as the makers' own manuals name it; their
 * programming barcodes are not drawn here, because a wrong one changes something else.
 * Honeywell: "HID POS", Terminal ID 131, in the user's guides of 1200g, 1300g, 1450g, 1900, 3310g (124: PC keyboard,
 * 134: Japanese keyboard, 130: serial). Zebra: "USB Device Type" in the Product Reference Guides.
 */
export function ModeGuidance() {
  const { t } = useWords()
  return (
    <section className="setupPanel stack" aria-labelledby="mode">
      <h3 id="mode">{t('readerSetup.mode.title')}</h3>
      <p className="soft">{t('readerSetup.mode.words')}</p>
      <dl className="modes">
        <dt>Honeywell</dt>
        <dd>{t('readerSetup.mode.honeywell')}</dd>
        <dt>Zebra</dt>
        <dd>{t('readerSetup.mode.zebra')}</dd>
        <dt>{t('readerSetup.mode.others')}</dt>
        <dd>{t('readerSetup.mode.othersWords')}</dd>
      </dl>
    </section>
  )
}
