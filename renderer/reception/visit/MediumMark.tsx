import type { Entry, MediumType } from '../../../core/media/medium.ts'
import { BarcodeIcon, CardIcon, CodeIcon, KeyboardIcon, OfflineIcon, PhoneIcon } from '../../ui/icons.tsx'
import { useWords } from '../../words/useWords.ts'

export function MediumIcon({ type }: { type: MediumType }) {
  switch (type) {
    case 'felica-idm':
    case 'nfc-uid':
    case 'card-token':
      return <CardIcon />
    case 'hce':
      return <PhoneIcon />
    case 'barcode':
      return <BarcodeIcon />
    case 'qr':
      return <CodeIcon />
  }
}

/** What was presented, and whether the answer is from this counter's own copy. */
export function MediumMark({ medium, copy }: { medium: { type: MediumType; entry: Entry }; copy: boolean }) {
  const { t } = useWords()
  return (
    <p className="mediumMark">
      <span>
        {medium.entry === 'keyed' ? <KeyboardIcon /> : <MediumIcon type={medium.type} />}
        {medium.entry === 'keyed' ? t('keyed.title') : t(`simulator.types.${medium.type}`)}
      </span>
      {copy && (
        <span className="mediumMark__copy">
          <OfflineIcon />
          {t('offers.fromCopy')}
        </span>
      )}
    </p>
  )
}
