import { useEffect } from 'react'
import type { ReaderSetup } from '../../core/counter/readerSetup.ts'
import type { SerialPresetId } from '../../core/readers/protocol.ts'
import { Button } from '../ui/Button.tsx'
import { useWords } from '../words/useWords.ts'
import { CommandToCopy } from './CommandToCopy.tsx'
import { commandsIn } from './commands.ts'
import { useSetup } from './useSetup.ts'

/** Nodes that Linux numbers as devices are plugged in: tomorrow another device may have this one's name. */
const NUMBERED = /^\/dev\/tty(?:ACM|USB)\d+$/

/** The ports that the computer knows, and a field for one that it does not. `preset`: what the port itself speaks for. */
export function PortField({
  setup,
  path,
  onPath,
}: {
  setup: ReaderSetup
  path: string
  onPath: (path: string, preset?: SerialPresetId) => void
}) {
  const { t } = useWords()
  const ask = useSetup()
  const taken = new Set(setup.readers.flatMap(({ serial }) => (serial ? [serial.preset.path] : [])))
  const free = setup.ports?.list.filter((port) => !taken.has(port.path)) ?? []
  const chosen = free.find((port) => port.path === path)
  useEffect(() => {
    void ask({ do: 'listPorts' })
  }, [ask])
  return (
    <>
      <fieldset className="ports">
        <legend className="ports__legend">
          {t('readerSetup.serial.ports')}
          <Button look="quiet" onClick={() => void ask({ do: 'listPorts' })}>
            {t('readerSetup.serial.refresh')}
          </Button>
        </legend>
        {free.length === 0 && (
          <p className="soft">
            {t(setup.ports?.listing === false ? 'readerSetup.serial.noPorts' : 'readerSetup.serial.listing')}
          </p>
        )}
        {free.map((port) => (
          <label key={port.path} className="port">
            <input
              type="radio"
              name="port"
              value={port.path}
              checked={port === chosen}
              onChange={() => onPath(port.path, port.preset)}
            />
            <span className="port__words">
              <bdi>{port.name}</bdi>
              <code className="soft">{port.path}</code>
              {!port.accessible && <span className="port__denied">{t('readers.states.denied')}</span>}
            </span>
          </label>
        ))}
      </fieldset>
      {commandsIn(chosen?.fix ?? '').map((command) => (
        <CommandToCopy key={command} command={command} />
      ))}
      <label className="field">
        <span>{t('readerSetup.serial.path')}</span>
        <input
          className="field__input"
          data-secret=""
          value={path}
          maxLength={256}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          placeholder="/dev/serial/by-id/…"
          onChange={(event) => onPath(event.target.value)}
        />
      </label>
      {NUMBERED.test(path.trim()) && <p className="soft">{t('readerSetup.serial.numbered')}</p>}
    </>
  )
}
