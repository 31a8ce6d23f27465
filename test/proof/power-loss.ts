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
import { type SeededRandom, seededRandom } from '../rigs/seededRandom.ts'

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
  const record = new ShopRecord()
  let [cut, failures, falseStarts] = [0, 0, 0]
  try {
    while (cut <= cuts) {
      const isLast = cut === cuts
      const work = isLast ? null : { offline: cut % 2 === 1, least: approvalsBeforeCut(random) }
      const day = await oneDay({ disk, record, random, edit, work, say: (line) => say(`cut ${cut}: ${line}`) })
      if (day.ended === 'as planned') {
        failures = 0
        cut += 1
        continue
      }
      failures += 1
      falseStarts += 1
      say(`cut ${cut}: ${day.error instanceof Error ? day.error.message.slice(0, 1_000) : day.error}`)
      if (!edit && failures >= STARTS) throw day.error
      if (edit && (day.looked || failures >= STARTS)) {
        // What careless programs left does not open any more: another shop, on an empty disk.
        record.beginAnew()
        failures = 0
        cut += 1
        if (cut >= cuts) break
      }
    }
    const { shown, stored, lost } = record.tally()
    say(JSON.stringify({ seed, cuts, shown, stored, lost, falseStarts }))
    return { shown, stored, lost }
  } finally {
    disk.close()
    await rm(folder, { recursive: true, force: true })
  }
}

const approvalsBeforeCut = (random: SeededRandom) => APPROVALS.least + random.int(APPROVALS.most - APPROVALS.least)

/** What a shop's console said, and what its disk did not hold of it. */
class ShopRecord {
  /** The next machine has an empty disk. */
  isNew = true
  /** Certainty by redemption: all that was ever said, and what this disk must hold. */
  readonly #ever = new Map<string, string>()
  readonly #shown = new Map<string, string>()
  readonly #lost = new Set<string>()

  heard(said: ReadonlyMap<string, string>): void {
    for (const [redemptionId, certainty] of said) {
      this.#ever.set(redemptionId, certainty)
      this.#shown.set(redemptionId, certainty)
    }
  }

  /** Throws when files are damaged. */
  compare(found: OnDisk, say: Plan['say']): void {
    this.isNew = false
    for (const redemptionId of missingFrom(found, this.#shown)) {
      if (!this.#lost.has(redemptionId)) say(`missing: ${this.#whereOf(redemptionId, found)}`)
      this.#lost.add(redemptionId)
    }
    if (found.damage.length > 0) throw new Error(`a file is damaged: ${found.damage[0]}`)
  }

  /** Which approval it is, and what of it there is. */
  #whereOf(redemptionId: string, { server, journal, waiting }: OnDisk): string {
    const place = [...this.#shown.keys()].indexOf(redemptionId) + 1
    const has = (ids: readonly string[]) => (ids.includes(redemptionId) ? 'there' : 'not there')
    const which = `${redemptionId}, ${this.#shown.get(redemptionId)}, the ${place}th of ${this.#shown.size}`
    return `${which}; server ${has(server)}, journal ${has(journal)}, outbox ${has(waiting)}`
  }

  beginAnew(): void {
    this.isNew = true
    this.#shown.clear()
  }

  tally(): Tally {
    const stored = countStored(this.#ever)
    return { shown: this.#ever.size, stored, lost: this.#lost.size }
  }
}

interface DayPlan extends Omit<Plan, 'cuts' | 'seed'> {
  readonly disk: VolatileDisk
  readonly record: ShopRecord
  readonly random: SeededRandom
  /** null: the disk is looked at, and no more. */
  readonly work: { readonly offline: boolean; readonly least: number } | null
}

type DayEnd =
  | { readonly ended: 'as planned' }
  /** `looked`: the disk had been held against what was shown. */
  | { readonly ended: 'broken'; readonly looked: boolean; readonly error: unknown }

/** One start of the machine: its disk is looked at, the shop opens, a cashier approves, and the power is cut. */
async function oneDay({ disk, record, random, edit, work, say }: DayPlan): Promise<DayEnd> {
  let looked = false
  const vm = await startVirtualMachine({ disk, ...(edit ? { edit } : {}) }).catch((error: unknown) => ({ error }))
  if ('error' in vm) return { ended: 'broken', looked, error: vm.error }
  try {
    const till = await openDisk(vm, record.isNew, work?.offline ?? false)
    const { message } = await till.message('look at the disk', is('onDisk'), { deadlineMs: OPEN_MS })
    looked = true
    record.compare(message as OnDisk, say)
    if (work === null) return { ended: 'as planned' }
    await till.message('open shop', is('open'), { deadlineMs: OPEN_MS })
    await approvals(vm, till, work.offline ? 'stored' : null, work.least)
    await setTimeout(random.int(LATER_MS))
    // Careless programs do not flush.
    if (!edit && random.chance(IN_FLUSH)) await Promise.race([disk.failInFlush(), setTimeout(LATER_MS)])
    return { ended: 'as planned' }
  } catch (error) {
    return { ended: 'broken', looked, error }
  } finally {
    const said = new Map(approvedIn(await vm.cutPower()))
    record.heard(said)
    const forgotten = disk.cutPower()
    const { lost } = record.tally()
    say(`${said.size} approvals (${countStored(said)} stored), ${forgotten} blocks forgotten, ${lost} missing so far`)
  }
}

const countStored = (said: ReadonlyMap<string, string>) =>
  [...said.values()].filter((certainty) => certainty === 'stored').length

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
