import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { missingComponents } from '../hardware/rigs/components.ts'
import type { Edit } from '../hardware/rigs/vm/guestNode.ts'
import type { GuestProcess } from '../hardware/rigs/vm/guestProcess.ts'
import { type OnDisk, TILL_DISK, type TillMessage } from '../hardware/rigs/vm/tillProtocol.ts'
import { startVirtualMachine, type VirtualMachine } from '../hardware/rigs/vm/virtualMachine.ts'
import { VolatileDisk } from '../hardware/rigs/vm/volatileDisk.ts'
import { seededRandom } from '../rigs/seededRandom.ts'

const TILL = join(import.meta.dirname, '../hardware/rigs/vm/guest/till.ts')
const DISK_BYTES = 256 << 20

/** What the till writes to the machine's console for each approval that it shows. */
const APPROVED = /^APPROVED (\S+) (confirmed|stored)\r?$/gm

/** Programs are loaded over a shared file system, under software emulation. */
const OPEN_MS = 180_000

/** Between so many approvals the power is cut, and at any moment of so long after the last of them. */
const APPROVALS = { least: 3, most: 15 }
const LATER_MS = 1_000

/** Of the cuts so many come in the middle of a write: the guest has asked the disk to flush it, and it is not done. */
const IN_FLUSH = 0.7

/** Emulated, a machine or its Node may die as it starts. What does so this often in a row is our own doing. */
const STARTS = 3

/** Power cuts with `synchronous=OFF`. */
const CARELESS_CUTS = 5

/**
 * `npm run proof -- power-loss [CUTS] [SEED]`: a coupon server and a counter work on one disk of a virtual machine, whose
 * power is cut CUTS times (50 by default) while a cashier approves; every other time the server is gone by then, and the
 * counter approves alone. The disk has a cache that forgets half of what was not flushed. After each cut every approval
 * that was ever shown must be in the journal, every one that the server had confirmed in its database, and every other one
 * there or in the counter's outbox. Throws when one is not, and when the same shop with `synchronous=OFF` loses none: then
 * the cuts show nothing.
 */
export async function run(say: (line: string) => void, options: readonly string[]): Promise<void> {
  const missing = missingComponents()
  if (missing) throw new Error(missing)
  const cuts = Number(options[0] ?? 50)
  const seed = Number(options[1] ?? Date.now() % 1_000_000)
  let careless = 0
  const edit = (source: string) =>
    source.replace(/synchronous = FULL/g, () => {
      careless += 1
      return 'synchronous = OFF'
    })
  const asItIs = await cutPowerOften({ cuts: CARELESS_CUTS, seed, say, edit })
  if (careless === 0) throw new Error('no file says synchronous = FULL any more')
  if (asItIs.lost === 0) throw new Error('synchronous=OFF lost nothing: these cuts show nothing')
  say(`with synchronous=OFF ${asItIs.lost} of ${asItIs.shown} were lost, as they must be`)
  const kept = await cutPowerOften({ cuts, seed, say })
  if (kept.lost > 0) throw new Error(`seed ${seed}: ${kept.lost} of ${kept.shown} approvals were lost`)
  if (cuts > 1 && (kept.stored === 0 || kept.stored === kept.shown))
    throw new Error(`seed ${seed}: ${kept.stored} were stored`)
}

interface Plan {
  readonly cuts: number
  readonly seed: number
  readonly say: (line: string) => void
  /** Makes our programs careless; what they leave need not open again. */
  readonly edit?: Edit
}

interface Tally {
  readonly shown: number
  readonly stored: number
  readonly lost: number
}

async function cutPowerOften({ cuts, seed, say, edit }: Plan): Promise<Tally> {
  const random = seededRandom(seed)
  const folder = await mkdtemp(join(tmpdir(), 'tapcoupon-power-'))
  const disk = await VolatileDisk.open(join(folder, 'disk.sock'), DISK_BYTES, () => random.int(1_000) / 1_000)
  /** What the console said, by redemption: all of it, and what this disk must hold. */
  const all = new Map<string, string>()
  const shown = new Map<string, string>()
  const lost = new Set<string>()
  let [cut, failures, falseStarts, isNew] = [0, 0, 0, true]
  try {
    for (;;) {
      const offline = cut % 2 === 1
      const vm = await startVirtualMachine({ disk, ...(edit ? { edit } : {}) }).catch((error: unknown) => {
        failures += 1
        if (failures >= STARTS) throw error
        return null
      })
      if (!vm) continue
      let [looked, worked] = [false, false]
      try {
        const till = await openDisk(vm, isNew, offline)
        const { message } = await till.message('look at the disk', is('onDisk'), { deadlineMs: OPEN_MS })
        const found = message as OnDisk
        looked = true
        isNew = false
        for (const redemptionId of missingFrom(found, shown)) lost.add(redemptionId)
        if (found.damage.length > 0) throw new Error(`a file is damaged: ${found.damage[0]}`)
        if (cut === cuts) break
        await till.message('open shop', is('open'), { deadlineMs: OPEN_MS })
        const enough = APPROVALS.least + random.int(APPROVALS.most - APPROVALS.least)
        await approvals(vm, till, offline ? 'stored' : null, enough)
        await setTimeout(random.int(LATER_MS))
        // Careless programs do not flush.
        if (!edit && random.chance(IN_FLUSH)) await Promise.race([disk.failInFlush(), setTimeout(LATER_MS)])
        worked = true
      } catch (error) {
        failures += 1
        falseStarts += 1
        say(`cut ${cut}: ${error instanceof Error ? error.message.slice(0, 1_000) : error}`)
        if (!edit && failures >= STARTS) throw error
      } finally {
        const said = new Map(approvedIn(await vm.cutPower()))
        for (const [redemptionId, certainty] of said) {
          all.set(redemptionId, certainty)
          shown.set(redemptionId, certainty)
        }
        const stored = [...said.values()].filter((certainty) => certainty === 'stored').length
        const forgotten = disk.cutPower()
        say(
          `cut ${cut}: ${said.size} approvals (${stored} stored), ${forgotten} blocks forgotten, ${lost.size} missing so far`,
        )
      }
      if (worked) {
        failures = 0
        cut += 1
      } else if (edit && (looked || failures >= STARTS)) {
        // What careless programs left does not open any more: another shop, on an empty disk.
        isNew = true
        shown.clear()
        failures = 0
        cut = Math.min(cut + 1, cuts)
        if (cut === cuts) break
      }
    }
    const stored = [...all.values()].filter((certainty) => certainty === 'stored').length
    say(JSON.stringify({ seed, cuts: cut, shown: all.size, stored, lost: lost.size, falseStarts }))
    return { shown: all.size, stored, lost: lost.size }
  } finally {
    disk.close()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Waits until the machine has shown so many approvals of a kind (null: any). */
async function approvals(vm: VirtualMachine, till: GuestProcess, kind: string | null, enough: number): Promise<void> {
  const end = performance.now() + OPEN_MS
  for (;;) {
    const console = await vm.console()
    const seen = approvedIn(console).filter(([, certainty]) => kind === null || certainty === kind)
    if (seen.length >= enough) return
    const wrong = till.end !== null ? `the till ended (${till.end})` : performance.now() > end ? 'too slow' : null
    if (wrong)
      throw new Error(`${seen.length} of ${enough} approvals, ${wrong}: ${till.output}\n${console.slice(-1_000)}`)
    await setTimeout(50)
  }
}

/** Redemption and certainty of each. A line that the cut broke off was shown to nobody. */
function approvedIn(console: string): [string, string][] {
  return [...console.matchAll(APPROVED)].map(([, redemptionId = '', certainty = '']) => [redemptionId, certainty])
}

const is = (type: TillMessage['type']) => (message: unknown) => (message as TillMessage).type === type

async function openDisk(vm: VirtualMachine, isNew: boolean, offline: boolean): Promise<GuestProcess> {
  const make = isNew ? 'mke2fs -q -F -t ext4 /dev/vda && ' : ''
  const mount = `${make}mkdir -p ${TILL_DISK} && busybox mount -t ext4 /dev/vda ${TILL_DISK} && busybox ip link set lo up`
  const done = await vm.run(['sh', '-c', mount], 60_000)
  if (done.code !== 0) throw new Error(`the disk does not mount: ${done.stderr}`)
  return vm.spawnNode(TILL, ['env', `OFFLINE=${offline ? 1 : 0}`], true)
}

function missingFrom({ server, journal, waiting, tidied }: OnDisk, shown: ReadonlyMap<string, string>): string[] {
  if (tidied) throw new Error('the journal has become shorter: it cannot be held against what was shown')
  const [held, journaled, unsent] = [new Set(server), new Set(journal), new Set(waiting)]
  return [...shown]
    .filter(([redemptionId, certainty]) => {
      const isHeld = held.has(redemptionId) || (certainty === 'stored' && unsent.has(redemptionId))
      return !isHeld || !journaled.has(redemptionId)
    })
    .map(([redemptionId]) => redemptionId)
}
