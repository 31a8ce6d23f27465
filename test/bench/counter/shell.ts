import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { startLoopbackServer } from '../../../browser/loopbackServer.ts'
import { CounterCommand } from '../../../core/counter/commands.ts'
import { RawMedium } from '../../../core/media/medium.ts'
import type { Channel } from '../../../core/ports/channel.ts'
import { DevicesConfiguration } from '../../../core/readers/protocol.ts'
import { childProcessSpawner } from '../../../counter/supervisor/childProcessSpawner.ts'
import { CounterSupervisor } from '../../../counter/supervisor/counterSupervisor.ts'
import { systemClock, systemScheduler } from '../../../counter/system.ts'
import { ROOT } from '../../rigs/program.ts'

/**
 * The browser shell with its counter and devices processes, and beside its screen a hand for a benchmark: each line on
 * stdin holds a card to the simulated reader or sends a command; each line on stdout says when, or what the counter shows.
 */
const Start = z.object({ serverUrl: z.url(), dataDir: z.string(), enrolCode: z.string() })
const Asked = z.union([z.object({ tap: RawMedium }), z.object({ command: CounterCommand })])

/** What the hand looks at; a page behind it does not wait for the rest to be read here. */
const Heard = z.object({
  result: z.object({ ok: z.boolean(), reason: z.string().optional() }).optional(),
  state: z
    .object({
      visit: z.object({ phase: z.string() }),
      cashier: z.unknown(),
      operators: z.array(z.object({ operatorId: z.string() })),
      purchase: z.object({ total: z.int() }),
      settings: z.object({ oneTap: z.boolean() }),
      replica: z.object({ phase: z.string() }),
      connection: z.object({ mode: z.string() }),
      readers: z.array(z.unknown()),
    })
    .optional(),
})

const { serverUrl, dataDir, enrolCode } = Start.parse(JSON.parse(process.argv[2] ?? ''))
const forked = childProcessSpawner(
  { counter: join(ROOT, 'counter/main.ts'), devices: join(ROOT, 'counter/devices/main.ts') },
  join(dirname(dataDir), 'compiled'),
)
let devices: Channel | null = null
const supervisor = new CounterSupervisor({
  spawner: {
    spawn(name) {
      const spawned = forked.spawn(name)
      if (name === 'devices') devices = spawned.channel
      return spawned
    },
  },
  start: {
    type: 'start',
    serverUrl,
    dataDir,
    enrolCode,
    simulator: true,
    posPort: null,
    devicesConfiguration: DevicesConfiguration.parse({ pcsc: false, hid: false, wedge: false, simulated: true }),
  },
  clock: systemClock,
  scheduler: systemScheduler,
  note: (note) => console.error(JSON.stringify(note)),
})
const rendererDir = join(ROOT, 'dist/renderer')
const screens = await startLoopbackServer({ port: 0, rendererDir, lines: supervisor, alive: () => {} })
supervisor.start()
await supervisor.whenReady(30_000)
const hand = supervisor.openScreen({ message: heard, lost: () => process.exit(1) })
say({ address: screens.newUrl(), ...supervisor.pids() })

let requests = 0
for await (const line of createInterface(process.stdin)) {
  const asked = Asked.parse(JSON.parse(line))
  if ('command' in asked) {
    requests += 1
    hand?.post({ requestId: requests, command: asked.command })
  } else {
    const tappedAt = performance.timeOrigin + performance.now()
    ;(devices as Channel | null)?.post({ type: 'simulate', medium: asked.tap })
    say({ tappedAt })
  }
}
await screens.close()
await supervisor.stop()
process.exit(0)

function heard(message: unknown): void {
  const { result, state } = Heard.parse(message)
  if (result?.ok === false) say({ refused: result.reason ?? '' })
  if (!state) return
  say({
    shown: {
      phase: state.visit.phase,
      signedIn: state.cashier !== null,
      operatorId: state.operators[0]?.operatorId ?? null,
      total: state.purchase.total,
      oneTap: state.settings.oneTap,
      copied: state.replica.phase === 'ready',
      online: state.connection.mode === 'online',
      reader: state.readers.length > 0,
    },
  })
}

function say(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`)
}
