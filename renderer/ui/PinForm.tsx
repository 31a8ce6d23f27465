import { useEffect } from 'react'
import { FormButtons } from './FormButtons.tsx'
import { PinEntry } from './PinEntry.tsx'
import type { PinAsk } from './usePinAsk.ts'

/** One person's PIN on a card of its own. Escape is the way back. */
export function PinForm({
  name,
  words,
  label,
  submit,
  ask,
  onBack,
}: {
  /** Whose PIN. */
  name: string
  /** What it is for, where the heading does not say enough. */
  words?: string
  label: string
  submit: string
  ask: PinAsk
  onBack: () => void
}) {
  const { field } = ask.entry
  useEffect(() => field.current?.focus(), [field])
  return (
    <form
      className="startCard stack"
      onSubmit={ask.submit}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onBack()
      }}
    >
      <h1>
        <bdi>{name}</bdi>
      </h1>
      {words && <p className="soft">{words}</p>}
      <PinEntry name={name} label={label} {...ask.entry} />
      <FormButtons submit={submit} unavailable={ask.unavailable} asking={ask.asking} onCancel={onBack} />
    </form>
  )
}
