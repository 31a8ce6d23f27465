import { expect, it } from 'vitest'
import { SerialPreset, type SerialPresetId } from '../../../../core/readers/protocol.ts'
import { SerialSearch } from '../../../../counter/devices/serialSearch.ts'
import { systemScheduler } from '../../../../counter/system.ts'

const PATH = '/dev/ttyUSB0'
const PORT = SerialPreset.parse({ path: PATH })

/** A search whose scan never comes, unless it is given up; `free` tells whether the port's reader may have it. */
function newSearch() {
  const searches: { path: string; open: boolean }[] = []
  const settled: boolean[] = []
  const search = new SerialSearch(systemScheduler, (path) => {
    const one = { path, open: true }
    searches.push(one)
    let cancel = () => {}
    const result = new Promise<SerialPresetId | null>((resolve) => {
      cancel = () => {
        one.open = false
        resolve(null)
      }
    })
    return { result: result as never, cancel }
  })
  const settle = async () => void settled.push(search.isFree(PORT))
  return { search, searches, settled, settle }
}

it('keeps the port to itself until it is ended, and then gives it back without an answer', async () => {
  const { search, searches, settled, settle } = newSearch()
  const answer = search.run(PATH, settle)
  await Promise.resolve()
  expect(search.isFree(PORT)).toBe(false)
  await new Promise(setImmediate)
  expect(searches).toEqual([{ path: PATH, open: true }])
  await search.end(settle)
  expect(searches).toEqual([{ path: PATH, open: false }])
  expect(settled).toEqual([false, true])
  expect(await answer).toBeUndefined()
})

it('of another port gives the first one back', async () => {
  const { search, searches, settle } = newSearch()
  const first = search.run(PATH, settle)
  await new Promise(setImmediate)
  void search.run('/dev/ttyUSB1', settle)
  expect(await first).toBeUndefined()
  await new Promise(setImmediate)
  expect(searches).toEqual([
    { path: PATH, open: false },
    { path: '/dev/ttyUSB1', open: true },
  ])
  expect(search.isFree(PORT)).toBe(true)
  await search.end(settle)
})

it('that was ended before it began never opens the port', async () => {
  const { search, searches, settle } = newSearch()
  const answer = search.run(PATH, settle)
  await search.end(settle)
  expect(await answer).toBeUndefined()
  expect(searches).toEqual([])
})
