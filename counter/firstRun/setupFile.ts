import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { FirstRunStation } from '../../core/counter/firstRun.ts'
import { writeWhole } from '../station/wholeFile.ts'

/** What is done of a machine's set-up. Nothing in it is secret: no code, no key, no token. */
export const KeptSetup = z.object({
  language: z.string().max(16).nullable().default(null),
  /** Base URL of the coupon server, without `/v1`; null: not known, or given by how the program is started. */
  serverUrl: z
    .url({ protocol: /^https?$/ })
    .nullable()
    .default(null),
  station: FirstRunStation.nullable().default(null),
  /** Readers that answered. */
  answered: z.array(z.string().max(256)).max(64).default([]),
  readersDone: z.boolean().default(false),
  finished: z.boolean().default(false),
})
export type KeptSetup = z.infer<typeof KeptSetup>

export const NOTHING_KEPT: KeptSetup = KeptSetup.parse({})

/** Where a set-up is kept, so that a machine that loses power goes on where it was. */
export interface SetupKeeping {
  /** null: nobody has begun one here. */
  read(): KeptSetup | null
  /** false: the disk did not take it. */
  write(kept: KeptSetup): boolean
}

/** `setup.json` in `dataDir`. One that is damaged counts as none: everything in it can be asked for again. */
export function setupFile(dataDir: string): SetupKeeping {
  const path = join(dataDir, 'setup.json')
  let kept = readKept(path)
  return {
    read: () => kept,
    write(next) {
      if (!writeWhole(path, JSON.stringify(next))) return false
      kept = next
      return true
    },
  }
}

function readKept(path: string): KeptSetup | null {
  try {
    const { success, data } = KeptSetup.safeParse(JSON.parse(readFileSync(path, 'utf8')))
    return success ? data : null
  } catch {
    return null
  }
}
