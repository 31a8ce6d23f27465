import { join } from 'node:path'
import { announceStation } from '../../bin/embeddedServer.ts'
import type { CounterState } from '../../core/counter/state.ts'
import { childProcessSpawner } from '../../counter/supervisor/childProcessSpawner.ts'
import { CounterSupervisor } from '../../counter/supervisor/counterSupervisor.ts'
import { systemClock, systemScheduler } from '../../counter/system.ts'
import { ROOT } from '../e2e/product.ts'
import { startFaultProxy } from './faultProxy.ts'
import type { RestartableServer } from './restartableServer.ts'
import { Screen } from './screen.ts'

export interface Lane {
  readonly supervisor: CounterSupervisor
  readonly screen: Screen
  readonly proxy: Awaited<ReturnType<typeof startFaultProxy>>
  readonly folder: string
}

/** A real counter with its files in `folder` and a simulated reader, whose line to the server can be spoiled. Not started yet. */
export async function laneUnderFaults(
  server: RestartableServer,
  folder: string,
  onState: (state: CounterState) => void,
): Promise<Lane> {
  const proxy = await startFaultProxy(server.line().url)
  const supervisor = new CounterSupervisor({
    spawner: childProcessSpawner({
      counter: join(ROOT, 'counter/main.ts'),
      devices: join(ROOT, 'counter/devices/main.ts'),
    }),
    start: {
      type: 'start',
      serverUrl: proxy.url,
      dataDir: folder,
      simulator: true,
      enrolCode: await announceStation(server.line()),
      devicesConfiguration: { pcsc: false, hid: false, wedge: false, simulated: true, serial: [] },
    },
    clock: systemClock,
    scheduler: systemScheduler,
    note: () => {},
    // Killed far more often than in any shop: no growing pause between restarts.
    policy: { firstMs: 50, longestMs: 50, stableAfterMs: 0 },
  })
  return { supervisor, screen: new Screen(supervisor, onState), proxy, folder }
}

export async function closeLane({ screen, supervisor, proxy }: Lane): Promise<void> {
  screen.close()
  await supervisor.stop()
  await proxy.close()
}
