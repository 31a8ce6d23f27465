import type { DevicesMessage, SerialPortInfo } from '../core/readers/protocol.ts'
import type { ReaderHealth } from '../core/readers/reader.ts'

/** What a person, or a script with `json`, is told of the readers. No identifier is ever said. */
export interface ReadersReport {
  received(message: DevicesMessage): void
  /** Everything known so far, for a person. */
  summary(): void
  /** From now on changes and reads are told as they come. */
  follow(): void
  line(text: string): void
  /** Whether nothing that is plugged in is kept from working. */
  usable(): boolean
}

/** Reports of a transport as a whole stand beside those of its readers. */
const TRANSPORTS = ['pcsc', 'hid']

/** States that keep a reader which is there from being used. */
const UNUSABLE = ['busy', 'denied', 'conflict', 'error']

export function readersReport({ json, say }: { json: boolean; say: (line: string) => void }): ReadersReport {
  const healths = new Map<string, ReaderHealth>()
  let ports: readonly SerialPortInfo[] = []
  let following = false

  const line = (text: string) => {
    if (!json) say(text)
  }
  const tell = (health: ReaderHealth) => {
    const { readerId, transport, name, state, code, fix, portPath, model } = health
    const where = [model, portPath].filter((each) => each !== undefined).join(', ')
    line(`${state.padEnd(8)} ${transport.padEnd(6)} ${name}${where ? ` (${where})` : ''}${code ? ` [${code}]` : ''}`)
    if (!TRANSPORTS.includes(readerId) && readerId !== name) line(`                id ${readerId}`)
    if (fix) line(`                ${fix}`)
  }

  return {
    line,
    received(message) {
      if (json) say(JSON.stringify(withoutIdentifier(message)))
      switch (message.type) {
        case 'health':
          healths.set(message.health.readerId, message.health)
          if (following) tell(message.health)
          return
        case 'ports':
          ports = message.ports
          return
        case 'read': {
          const { readerId, medium, scan } = message.read
          const symbology = scan ? `, ${scan.symbology} (${scan.by})` : ''
          line(`read     ${readerId}: ${medium.type}${symbology}, ${[...medium.identifier].length} characters`)
          return
        }
        case 'failed':
          line(`failed   ${message.failure.readerId}: ${message.failure.reason}`)
          return
        case 'raw': {
          const { readerId, hex, text, symbology, mediumType, reason } = message.raw
          line(`raw      ${readerId}: ${mediumType ?? reason ?? 'no presentation'}${symbology ? `, ${symbology}` : ''}`)
          for (const each of hex.split('\n')) line(`                ${each}`)
          if (text) line(`                ${text}`)
          return
        }
        case 'serialDetected':
          line(
            message.preset === null
              ? `nothing readable came from ${message.path}`
              : `${message.path} speaks as preset ${message.preset}`,
          )
          return
        case 'reading':
        case 'identified':
        case 'calibrated':
        case 'indicated':
          return
      }
    },
    summary() {
      for (const health of healths.values()) tell(health)
      if (ports.length > 0) line('serial ports, which are opened only where they are configured:')
      for (const { path, name, fix } of ports) {
        line(`  ${path}${name === path ? '' : ` (${name})`}`)
        if (fix) line(`    ${fix}`)
      }
      if ([...healths.values()].every(({ state }) => state === 'absent'))
        line('no card reader or scanner is plugged in')
    },
    follow() {
      following = true
    },
    usable: () => ![...healths.values()].some(({ state }) => UNUSABLE.includes(state)),
  }
}

/** A read for a script: what kind of medium it was and how long, and not whose. */
function withoutIdentifier(message: DevicesMessage): object {
  if (message.type !== 'read') return message
  const { medium, scan, ...read } = message.read
  return {
    type: 'read',
    read: {
      ...read,
      medium: { type: medium.type, length: [...medium.identifier].length },
      ...(scan ? { symbology: scan.symbology, by: scan.by } : {}),
    },
  }
}
