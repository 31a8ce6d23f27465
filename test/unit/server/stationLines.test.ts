import { expect, it } from 'vitest'
import { stationLines } from '../../../server/services/stationLines.ts'

/** Pieces that end when they are told to, and a diary of what became of them. */
function work() {
  const diary: string[] = []
  const open = new Map<string, { resolve(): void; reject(error: Error): void }>()
  let underWay = 0
  let most = 0
  const piece = (name: string) => () => {
    diary.push(`ready ${name}`)
    return async () => {
      diary.push(`begun ${name}`)
      underWay += 1
      most = Math.max(most, underWay)
      const { promise, resolve, reject } = Promise.withResolvers<void>()
      open.set(name, { resolve, reject })
      await promise.finally(() => {
        underWay -= 1
      })
      return name
    }
  }
  const begun = () => diary.filter((entry) => entry.startsWith('begun')).map((entry) => entry.slice('begun '.length))
  return { piece, diary, begun, most: () => most, open }
}

/** Until nothing moves any more by itself. */
const settle = async () => {
  for (let turn = 0; turn < 10; turn++) await new Promise(setImmediate)
}

it('what a station brings later is begun after all that it brought before, two pieces at a time', async () => {
  const { piece, begun, most, open } = work()
  const lines = stationLines()
  const first = lines.inLine('a', ['1', '2', '3'].map(piece), 2)
  const second = lines.inLine('a', ['4', '5'].map(piece), 2)
  for (const name of ['1', '2', '3', '4', '5']) {
    await settle()
    open.get(name)?.resolve()
  }
  expect(await first).toEqual(['1', '2', '3'])
  expect(await second).toEqual(['4', '5'])
  expect(begun()).toEqual(['1', '2', '3', '4', '5'])
  expect(most()).toBe(2)
})

it('the next piece is got ready while those before it are under way', async () => {
  const { piece, diary, open } = work()
  const answers = stationLines().inLine('a', ['1', '2', '3'].map(piece), 2)
  await settle()
  expect(diary).toEqual(['ready 1', 'begun 1', 'ready 2', 'begun 2', 'ready 3'])
  for (const name of ['1', '2', '3']) {
    await settle()
    open.get(name)?.resolve()
  }
  expect(await answers).toHaveLength(3)
})

it('no station waits for another', async () => {
  const { piece, begun, open } = work()
  const lines = stationLines()
  const one = lines.inLine('a', [piece('a')], 1)
  const other = lines.inLine('b', [piece('b')], 1)
  await settle()
  expect(begun()).toEqual(['a', 'b'])
  open.get('b')?.resolve()
  expect(await other).toEqual(['b'])
  open.get('a')?.resolve()
  expect(await one).toEqual(['a'])
})

it('a piece that comes to nothing ends its own call, and none that came after it', async () => {
  const { piece, begun, open } = work()
  const lines = stationLines()
  const lost = lines.inLine('a', ['1', '2', '3', '4'].map(piece), 2)
  const next = lines.inLine('a', ['5'].map(piece), 2)
  await settle()
  const heard = expect(lost).rejects.toThrow('the disk is full')
  open.get('1')?.reject(new Error('the disk is full'))
  await heard
  await settle()
  expect(begun()).toEqual(['1', '2', '5'])
  open.get('2')?.resolve()
  open.get('5')?.resolve()
  expect(await next).toEqual(['5'])
  expect(begun()).toEqual(['1', '2', '5'])
})
