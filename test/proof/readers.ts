import { missingComponents } from '../hardware/rigs/components.ts'
import { GuestStation, RECOVERY_MS, SERIAL_SCANNER } from '../hardware/rigs/vm/guestStation.ts'
import { type ReplugResult, replugCycles } from '../hardware/rigs/vm/replugCycles.ts'
import { cardReaderReplugged, hidReplugged, serialReplugged } from '../hardware/rigs/vm/replugged.ts'
import { HONEYWELL, hidDevice } from '../hardware/rigs/vm/scannerModels.ts'

/**
 * `npm run proof -- readers [CYCLES]`: pulls and plugs back a HID POS scanner, a USB-CDC scanner and a CCID reader under a
 * real kernel, 1,000 times in all by default, every fifth time the CCID reader. Prints the table; throws when one took
 * longer than 2 s to come back, or a read was lost, doubled or halved.
 */
export async function run(say: (line: string) => void, options: readonly string[]): Promise<void> {
  const missing = missingComponents()
  if (missing) throw new Error(missing)
  const cycles = Number(options[0] ?? 1_000)
  const ccid = Math.round(cycles / 5)
  const hid = Math.round((cycles - ccid) / 2)
  const { vm, readers, pcscd } = await GuestStation.start()
  try {
    say(`booted in ${Math.round(vm.bootMs)} ms`)
    const scanner = await vm.scanners.usbHid(hidDevice(HONEYWELL, 'cycled'))
    const serial = await vm.scanners.usbSerial(SERIAL_SCANNER)
    const results = await Promise.all([
      replugCycles(readers, hidReplugged(scanner, HONEYWELL), hid),
      replugCycles(readers, serialReplugged(serial), cycles - ccid - hid),
      replugCycles(readers, cardReaderReplugged(vm.cardReader()), ccid),
    ])
    for (const line of table(results)) say(line)
    // Its own deaths count: who has a reader does not care whose fault it is.
    if (pcscd.deaths.length > 0) say(`pcscd died ${pcscd.deaths.length} times by itself (${pcscd.deaths.join(', ')})`)
    const broken = results.filter(
      ({ recoveredMs, lost, doubled, partial }) =>
        Math.max(...recoveredMs) > RECOVERY_MS || lost + doubled + partial > 0,
    )
    if (broken.length > 0) throw new Error(`broken for ${broken.map(({ transport }) => transport).join(', ')}`)
  } finally {
    await vm.stop()
  }
}

function table(results: readonly ReplugResult[]): string[] {
  const rows = results.map(({ transport, cycles, recoveredMs, lost, doubled, partial }) => {
    const sorted = [...recoveredMs].sort((a, b) => a - b)
    const at = (share: number) => `${Math.round(sorted[Math.ceil(share * sorted.length) - 1] ?? 0)}`
    const late = sorted.filter((ms) => ms > RECOVERY_MS).length
    return [transport, cycles, at(0.5), at(0.99), at(1), late, lost, doubled, partial].map(String)
  })
  const head = ['transport', 'cycles', 'p50 ms', 'p99 ms', 'slowest ms', '> 2 s', 'lost', 'doubled', 'partial']
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)))
  return [head, ...rows].map((row) => row.map((cell, column) => cell.padStart(widths[column] ?? 0)).join('  '))
}
