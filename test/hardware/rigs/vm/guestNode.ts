import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { stripTypeScriptTypes } from 'node:module'
import { dirname, join } from 'node:path'

const ROOT = join(import.meta.dirname, '../../../..')
const HOOK = join(import.meta.dirname, 'guest/withoutWebAssembly.mjs')

/** What the guest's programs are made of. */
const FOLDERS = [
  'bin',
  'core',
  'counter',
  'drivers',
  'resources',
  'server',
  'test/hardware/rigs',
  'test/rigs',
  'test/server',
]

/** One of a program's source files as the guest runs it, its types stripped. */
export type Edit = (source: string) => string

/**
 * How the guest starts Node, which runs this checkout's files as they are but without compiling to machine code. V8 ends
 * the process now and then when WebAssembly is compiled in several threads (nodejs/node issue 64500, `Check failed:
 * it->second.Size() > offset`): in one start of ten where the processor is emulated. Node strips types and lists the
 * exports of CommonJS modules by WebAssembly: the one is done here, the other it then does in JavaScript. `compiling`: for
 * programs that call `fetch`, which is WebAssembly too. `folder`: of the host, readable by the guest.
 */
export async function guestNode(
  folder: string,
  edit: Edit = (source) => source,
): Promise<(compiling: boolean) => readonly string[]> {
  const stripped = join(folder, 'stripped')
  for (const name of FOLDERS) {
    const files = await readdir(join(ROOT, name), { recursive: true })
    for (const file of files.filter((each) => each.endsWith('.ts') && !each.endsWith('.d.ts'))) {
      const source = join(ROOT, name, file)
      const copy = join(stripped, source)
      await mkdir(dirname(copy), { recursive: true })
      await writeFile(copy, edit(stripTypeScriptTypes(await readFile(source, 'utf8'))))
    }
  }
  const node = ['env', `TAPCOUPON_STRIPPED=${stripped}`, process.execPath, '--import', HOOK]
  return (compiling) => (compiling ? node : [...node, '--jitless'])
}
