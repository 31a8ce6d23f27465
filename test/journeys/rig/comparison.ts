import pixelmatch from 'pixelmatch'
import { PNG } from 'pngjs'

/** How much of a picture may differ: scattered pixels of another build of the renderer, never a word or an edge. */
export const TOLERANCE = {
  /** pixelmatch's: how different two colours must be to count, 0 to 1. */
  colour: 0.1,
  /** Of all pixels. */
  share: 0.0005,
  /** Pixels within one tile: a changed word is small, but it is all in one place. */
  tilePixels: 14,
  tileEdge: 32,
} as const

export type Comparison =
  | { readonly same: true }
  /** `difference`: a PNG that marks in red what differs; null where the two cannot be laid over each other. */
  | { readonly same: false; readonly why: string; readonly difference: Buffer | null }

/** Whether `actual` looks like `approved`, both PNG files. */
export function compare(approved: Buffer, actual: Buffer): Comparison {
  const [a, b] = [PNG.sync.read(approved), PNG.sync.read(actual)]
  const { width, height } = a
  if (b.width !== width || b.height !== height) {
    return { same: false, why: `${b.width}×${b.height} and not ${width}×${height}`, difference: null }
  }
  const marked = new PNG({ width, height })
  const count = pixelmatch(a.data, b.data, marked.data, width, height, {
    threshold: TOLERANCE.colour,
    alpha: 0.25,
    diffColor: [255, 0, 0],
    aaColor: [255, 200, 0],
  })
  if (count === 0) return { same: true }
  const densest = densestTile(marked)
  if (count <= TOLERANCE.share * width * height && densest.pixels <= TOLERANCE.tilePixels) return { same: true }
  const why = `${count} pixels differ, ${densest.pixels} of them around ${densest.x}, ${densest.y}`
  return { same: false, why, difference: PNG.sync.write(marked) }
}

/** The tile with most pixels that pixelmatch has marked, and where its middle is. */
function densestTile({ width, height, data }: PNG): { pixels: number; x: number; y: number } {
  const { tileEdge } = TOLERANCE
  const columns = Math.ceil(width / tileEdge)
  const tiles = new Uint32Array(columns * Math.ceil(height / tileEdge))
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    const at = pixel * 4
    if (data[at] !== 255 || data[at + 1] !== 0 || data[at + 2] !== 0) continue
    const tile = Math.floor(Math.floor(pixel / width) / tileEdge) * columns + Math.floor((pixel % width) / tileEdge)
    tiles[tile] = (tiles[tile] ?? 0) + 1
  }
  const pixels = tiles.reduce((most, count) => Math.max(most, count), 0)
  const tile = tiles.indexOf(pixels)
  const middle = (index: number) => index * tileEdge + tileEdge / 2
  return { pixels, x: middle(tile % columns), y: middle(Math.floor(tile / columns)) }
}
