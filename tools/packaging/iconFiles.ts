/** PNGs by their width in pixels; each is square. */
export type Drawn = ReadonlyMap<number, Buffer>

/**
 * An icon of Windows that holds PNGs, of 256 pixels at most.
 *
 * Source: ICONDIR and ICONDIRENTRY, https://devblogs.microsoft.com/oldnewthing/20101018-00/?p=12513 and 20101022-00 (PNG).
 */
export function ico(drawn: Drawn): Buffer {
  const icons = [...drawn].sort(([a], [b]) => a - b)
  const head = Buffer.alloc(6 + 16 * icons.length)
  head.writeUInt16LE(1, 2)
  head.writeUInt16LE(icons.length, 4)
  let offset = head.length
  for (const [index, [size, png]] of icons.entries()) {
    const at = 6 + 16 * index
    // 256 is written as 0.
    head.writeUInt8(size % 256, at)
    head.writeUInt8(size % 256, at + 1)
    head.writeUInt16LE(1, at + 4)
    head.writeUInt16LE(32, at + 6)
    head.writeUInt32LE(png.length, at + 8)
    head.writeUInt32LE(offset, at + 12)
    offset += png.length
  }
  return Buffer.concat([head, ...icons.map(([, png]) => png)])
}

/** Which kinds of entry an icon of macOS has for a width; those with two are also a smaller one's at twice the resolution. */
export const ICNS_TYPES: Readonly<Record<number, readonly string[]>> = {
  16: ['icp4'],
  32: ['icp5', 'ic11'],
  64: ['ic12'],
  128: ['ic07'],
  256: ['ic08', 'ic13'],
  512: ['ic09', 'ic14'],
  1024: ['ic10'],
}

/** An icon of macOS that holds PNGs. Source: https://en.wikipedia.org/wiki/Apple_Icon_Image_format (OSTypes, PNG data). */
export function icns(drawn: Drawn): Buffer {
  const entries = Object.entries(ICNS_TYPES).flatMap(([size, types]) => {
    const png = drawn.get(Number(size))
    return png === undefined ? [] : types.map((type) => entry(type, png))
  })
  return entry('icns', Buffer.concat(entries))
}

function entry(type: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head.write(type, 'latin1')
  head.writeUInt32BE(content.length + 8, 4)
  return Buffer.concat([head, content])
}
