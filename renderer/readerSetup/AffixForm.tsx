import { type FormEvent, useEffect, useState } from 'react'
import type { WedgeOptions } from '../../core/readers/protocol.ts'
import { Button } from '../ui/Button.tsx'
import { useWords } from '../words/useWords.ts'
import { useSetup } from './useSetup.ts'

const AFFIXES = ['prefix', 'suffix'] as const

/** What a keyboard scanner was told to send around the data, so that it is taken off again. */
export function AffixForm({ wedge }: { wedge: WedgeOptions }) {
  const { t } = useWords()
  const ask = useSetup()
  const { prefix, suffix } = wedge
  const [draft, setDraft] = useState({ prefix, suffix })
  useEffect(() => setDraft({ prefix, suffix }), [prefix, suffix])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void ask({ do: 'setWedge', wedge: { ...wedge, ...draft } })
  }
  return (
    <form className="stack" onSubmit={submit}>
      <p className="soft">{t('readerSetup.wedge.affixes')}</p>
      <div className="affixForm">
        {AFFIXES.map((affix) => (
          <label key={affix} className="field">
            <span>{t(`readerSetup.wedge.${affix}`)}</span>
            <input
              className="field__input"
              data-secret=""
              value={draft[affix]}
              maxLength={16}
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              onChange={(event) => setDraft({ ...draft, [affix]: event.target.value })}
            />
          </label>
        ))}
        <Button submit unavailable={draft.prefix === prefix && draft.suffix === suffix}>
          {t('readerSetup.save')}
        </Button>
      </div>
    </form>
  )
}
