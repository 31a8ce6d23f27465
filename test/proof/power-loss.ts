import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { missingComponents } from '../hardware/rigs/components.ts'
import { type OnDisk, TILL_DISK, type TillMessage } from '../hardware/rigs/vm/tillProtocol.ts'
import { startVirtualMachine, type VirtualMachine } from '../hardware/rigs/vm/virtualMachine.ts'
import { VolatileDisk } from '../hardware/rigs/vm/volatileDisk.ts'
import { seededRandom } from '../rigs/seededRandom.ts'

const TILL = join(import.meta.dirname, '../hardware/rigs/vm/guest/till.ts')
const DISK_BYTES = 256 << 20

/** What the till writes to the machine's console for each approval that it shows. */
const APPROVED = /^APPROVED (\S+) (\S+)\r?$/m

/** Programs are loaded over a shared file system, under software emulation. */
const OPEN_MS = 180_000

/** The cut comes at any moment of so many after the first approval. */
const WORKING_MS = 6_000

/**
 * `npm run proof -- power-loss [CUTS] [SEED]`: a coupon server and a counter work on one disk of a virtual machine, whose
 * power is cut CUTS times (50 by default) while a cashier approves; every other time the server is gone by then. The disk
 * has a cache that forgets half of what was not flushed. After each cut every approval that was ever shown must be in the
 * journal, and every one that the server had confirmed in its database. Throws when one is not, and when the same shop with
 * `synchronous=OFF` loses none: then the cuts show nothing.
 */
export async function run(say: (line: string) => void, options: readonly string[]): Promise<void> {
  const missing = missingComponents()
  if (missing) throw new Error(missing)
  const cuts = Number(options[0] ?? 50)
  const seed = Number(options[1] ?? Date.now() % 1_000_000)
  const kept = await cutPowerOften(cuts, seed, say)
  if (kept.lost > 0) throw new Error(`seed ${seed}: ${kept.lost} of ${kept.shown} approvals were lost`)
  let careless = 0
  const asItIs = await cutPowerOften(3, seed, say, (source) =>
    source.replace(/synchronous = FULL/g, () => {
      careless += 1
      return 'synchronous = OFF'
    }),
  )
  if (careless === 0) throw new Error('no file says synchronous = FULL any more')
  if (asItIs.lost === 0) throw new Error('synchronous=OFF lost nothing: these cuts show nothing')
  say(`with synchronous=OFF ${asItIs.lost} of ${asItIs.shown} were lost, as they must be`)
}

interface Tally {
  readonly shown: number
  readonly lost: number
}

async function cutPowerOften(
  cuts: number,
  seed: number,
  say: (line: string) => void,
  edit?: (source: string) => string,
): Promise<Tally> {
  const random = seededRandom(seed)
  const folder = await mkdtemp(join(tmpdir(), 'tapcoupon-power-'))
  const disk = await VolatileDisk.open(join(folder, 'disk.sock'), DISK_BYTES, () => random.int(1_000) / 1_000)
  /** What the console said, by redemption. */
  const shown = new Map<string, string>()
  const lost = new Set<string>()
  try {
    for (let cut = 0; cut <= cuts; cut += 1) {
      const vm = await startVirtualMachine({ disk, ...(edit ? { edit } : {}) })
      try {
        const till = await openDisk(vm, cut === 0, cut % 2 === 1)
        const found = await till.message('look at the disk', is('onDisk'), { deadlineMs: OPEN_MS })
        const missing = missingFrom(found.message as OnDisk, shown)
        for (const redemptionId of missing) lost.add(redemptionId)
        if (cut === cuts) break
        await till.message('open shop', is('open'), { deadlineMs: OPEN_MS })
        await firstApproval(vm)
        await setTimeout(random.int(WORKING_MS))
      } catch (error) {
        // Without synchronous writes a file may be broken beyond opening: that is a loss of all of it.
        if (!edit) throw error
        say(`cut ${cut}: ${error instanceof Error ? error.message.slice(0, 200) : error}`)
        for (const redemptionId of shown.keys()) lost.add(redemptionId)
        break
      } finally {
        const before = shown.size
        for (const [, redemptionId = '', certainty = ''] of (await vm.cutPower()).matchAll(
          new RegExp(APPROVED, 'gm'),
        )) {
          shown.set(redemptionId, certainty)
        }
        const forgotten = disk.cutPower()
        say(
          `cut ${cut}: ${shown.size - before} approvals, ${forgotten} blocks forgotten, ${lost.size} approvals missing so far`,
        )
      }
    }
    const stored = [...shown.values()].filter((certainty) => certainty === 'stored').length
    say(JSON.stringify({ seed, cuts, shown: shown.size, stored, lost: lost.size }))
    return { shown: shown.size, lost: lost.size }
  } finally {
    disk.close()
    await rm(folder, { recursive: true, force: true })
  }
}

async function firstApproval(vm: VirtualMachine): Promise<void> {
  const end = performance.now() + OPEN_MS
  while (!APPROVED.test(await vm.console())) {
    if (performance.now() > end) throw new Error(`nothing was approved: ${(await vm.console()).slice(-1_000)}`)
    await setTimeout(100)
  }
}

const is = (type: TillMessage['type']) => (message: unknown) => (message as TillMessage).type === type

async function openDisk(vm: VirtualMachine, isNew: boolean, offline: boolean) {
  const make = isNew ? 'mke2fs -q -t ext4 /dev/vda && ' : ''
  const mount = `${make}mkdir -p ${TILL_DISK} && busybox mount -t ext4 /dev/vda ${TILL_DISK} && busybox ip link set lo up`
  const done = await vm.run(['sh', '-c', mount], 60_000)
  if (done.code !== 0) throw new Error(`the disk does not mount: ${done.stderr}`)
  return vm.spawnNode(TILL, ['env', `OFFLINE=${offline ? 1 : 0}`], true)
}

function missingFrom({ server, journal, damage }: OnDisk, shown: ReadonlyMap<string, string>): string[] {
  if (damage.length > 0) throw new Error(`a file is damaged: ${damage[0]}`)
  const [held, journaled] = [new Set(server), new Set(journal)]
  return [...shown]
    .filter(([redemptionId, certainty]) => {
      const isHeld = held.has(redemptionId) || certainty === 'stored'
      return !isHeld || !journaled.has(redemptionId)
    })
    .map(([redemptionId]) => redemptionId)
}
