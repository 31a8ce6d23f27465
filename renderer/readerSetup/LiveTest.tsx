import { useMemo, useState } from 'react'
import type { ReaderSetup, SetupReader } from '../../core/counter/readerSetup.ts'
import type { RawRead } from '../../core/readers/protocol.ts'
import { reasonGroup } from '../../core/reasonCodes.ts'
import { Button } from '../ui/Button.tsx'
import { CheckIcon, WarnIcon } from '../ui/icons.tsx'
import { Segmented } from '../ui/Segmented.tsx'
import { useWords, type Words } from '../words/useWords.ts'
import { looksLike, TEST_NAMES, TEST_SYMBOLS, TEST_TEXTS, type TestSymbol, testSymbol } from './symbol.ts'
import { SYMBOLOGY_NAMES } from './symbologies.ts'
import { TestBarcode } from './TestBarcode.tsx'
import { useSetup } from './useSetup.ts'

/** A reader tried out in front of the manager: whatever is presented to it shows here and is nobody's visit. */
export function LiveTest({ reader, test }: { reader: SetupReader; test: ReaderSetup['test'] }) {
  const { t } = useWords()
  const ask = useSetup()
  const [symbol, setSymbol] = useState<TestSymbol>('ean13')
  const drawn = useMemo(() => testSymbol(symbol), [symbol])
  const reads = test?.readerId === reader.readerId ? test.reads : null
  const running = reads !== null
  const scans = reader.transport !== 'pcsc'
  return (
    <section className="setupPanel stack" aria-labelledby="live-test">
      <div className="setupPanel__header">
        <h3 id="live-test">{t('readerSetup.test.title')}</h3>
        <Button
          look={running ? 'secondary' : 'primary'}
          onClick={() => void ask({ do: 'test', readerId: running ? null : reader.readerId })}
        >
          {t(running ? 'readerSetup.test.stop' : 'readerSetup.test.start')}
        </Button>
      </div>
      {!running && <p className="soft">{t('readerSetup.test.words')}</p>}
      {running && scans && (
        <>
          <Segmented
            label={t('readerSetup.test.scanThis')}
            value={symbol}
            choices={TEST_SYMBOLS.map((value) => ({ value, face: TEST_NAMES[value] }))}
            onChange={setSymbol}
          />
          <TestBarcode symbol={drawn} label={t('readerSetup.test.drawn', { name: TEST_NAMES[symbol] })} />
          <p className="soft">{t('readerSetup.test.laser')}</p>
        </>
      )}
      {running && !scans && <p>{t('readerSetup.test.tap')}</p>}
      {running && (
        <ol className="rawReads" aria-label={t('readerSetup.test.arrived')} aria-live="polite">
          {reads.length === 0 && <li className="soft">{t('readerSetup.test.nothing')}</li>}
          {reads.map((read) => (
            <Arrived key={`${read.at} ${read.hex}`} read={read} expected={scans ? symbol : null} />
          ))}
        </ol>
      )}
    </section>
  )
}

function Arrived({ read, expected }: { read: RawRead; expected: TestSymbol | null }) {
  const words = useWords()
  const { t } = words
  const asDrawn = expected !== null && read.text !== '' && looksLike(TEST_TEXTS[expected], read.text)
  const failed = read.reason !== undefined
  return (
    <li className="rawRead">
      <p className="rawRead__what">
        <span className={`badge badge--${failed ? 'bad' : 'good'}`}>
          {failed ? <WarnIcon /> : <CheckIcon />}
          {whatItWas(words, read)}
        </span>
        <span className="soft">{words.moment(read.at)}</span>
        {asDrawn && <span className="rawRead__asDrawn">{t('readerSetup.test.asDrawn')}</span>}
      </p>
      {read.text !== '' && <code className="rawRead__text selectable">{read.text}</code>}
      {read.hex !== '' && (
        <details>
          <summary>{t('readerSetup.test.bytes')}</summary>
          <pre className="rawRead__hex selectable">{read.hex}</pre>
        </details>
      )}
    </li>
  )
}

function whatItWas(words: Words, { reason, symbology, mediumType }: RawRead): string {
  const { t } = words
  if (reason !== undefined) return words.reason({ reason, reasonGroup: reasonGroup(reason), params: {} }).text
  const kind = mediumType === undefined ? null : t(`simulator.types.${mediumType}`)
  const name = symbologyName(symbology)
  return [name, kind].filter((part) => part !== null).join(' · ') || t('readerSetup.test.something')
}

function symbologyName(symbology: RawRead['symbology']): string | null {
  return symbology === undefined || symbology === 'unknown' || symbology === 'other' ? null : SYMBOLOGY_NAMES[symbology]
}
