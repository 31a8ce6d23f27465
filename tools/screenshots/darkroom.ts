import type { Browser, Page } from 'playwright-core'

/** Where screenshots (PNG) become pictures for the docs (WebP), by Chromium's own codecs: no image library, no native module. */
export class Darkroom {
  readonly #page: Page

  private constructor(page: Page) {
    this.#page = page
  }

  static async open(browser: Browser): Promise<Darkroom> {
    return new Darkroom(await browser.newPage())
  }

  /** The PNG, or a part of it, as lossy WebP. `quality` from 0 to 1. The same pixels give the same bytes. */
  async webp(png: Buffer, quality: number, part?: Part): Promise<Buffer> {
    const encoded = await this.#page.evaluate(
      async ({ url, quality, part }) => {
        const picture = new Image()
        picture.src = url
        await picture.decode()
        const { x, y, width, height } = part ?? { x: 0, y: 0, width: picture.width, height: picture.height }
        const canvas = new OffscreenCanvas(width, height)
        canvas.getContext('2d')?.drawImage(picture, -x, -y)
        const blob = await canvas.convertToBlob({ type: 'image/webp', quality })
        return new Promise<string>((resolve) => {
          const reader = new FileReader()
          reader.onload = () => resolve(String(reader.result).split(',')[1] ?? '')
          reader.readAsDataURL(blob)
        })
      },
      { url: dataUrl(png, 'png'), quality, part: part ?? null },
    )
    return Buffer.from(encoded, 'base64')
  }

  /** A square drawing (SVG) as PNG, so many pixels wide. */
  async scaled(svg: Buffer, size: number): Promise<Buffer> {
    const encoded = await this.#page.evaluate(
      async ({ url, size }) => {
        const picture = new Image(size, size)
        picture.src = url
        await picture.decode()
        const canvas = document.createElement('canvas')
        canvas.width = size
        canvas.height = size
        canvas.getContext('2d')?.drawImage(picture, 0, 0, size, size)
        return canvas.toDataURL('image/png').split(',')[1] ?? ''
      },
      { url: dataUrl(svg, 'svg+xml'), size },
    )
    return Buffer.from(encoded, 'base64')
  }

  /** Where two pictures of one size differ visibly: the part that holds all of it, and how many pixels; null where nowhere. */
  difference(a: Buffer, b: Buffer, type: 'png' | 'webp'): Promise<Difference | null> {
    return this.#page.evaluate(
      async (urls) => {
        const [before, after] = await Promise.all(
          urls.map(async (url) => {
            const picture = new Image()
            picture.src = url
            await picture.decode()
            const canvas = new OffscreenCanvas(picture.width, picture.height)
            const pen = canvas.getContext('2d')
            pen?.drawImage(picture, 0, 0)
            return pen?.getImageData(0, 0, picture.width, picture.height)
          }),
        )
        if (!before || !after) throw new Error('a picture could not be drawn')
        const { width, height } = after
        if (before.width !== width || before.height !== height) {
          return { part: { x: 0, y: 0, width, height }, pixels: width * height, of: width * height }
        }
        let [left, top, right, bottom, pixels] = [width, height, -1, -1, 0]
        for (let at = 0; at < after.data.length; at += 4) {
          const off = (channel: number) =>
            Math.abs((after.data[at + channel] ?? 0) - (before.data[at + channel] ?? 0)) > 24
          if (!off(0) && !off(1) && !off(2)) continue
          const [x, y] = [(at / 4) % width, Math.floor(at / 4 / width)]
          left = Math.min(left, x)
          right = Math.max(right, x)
          top = Math.min(top, y)
          bottom = Math.max(bottom, y)
          pixels += 1
        }
        if (pixels === 0) return null
        return {
          part: { x: left, y: top, width: right - left + 1, height: bottom - top + 1 },
          pixels,
          of: width * height,
        }
      },
      [dataUrl(a, type), dataUrl(b, type)],
    )
  }

  close(): Promise<void> {
    return this.#page.close()
  }
}

/** A part of a picture, in pixels from its left upper corner. */
export interface Part {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

interface Difference {
  readonly part: Part
  readonly pixels: number
  readonly of: number
}

const dataUrl = (bytes: Buffer, type: string): string => `data:image/${type};base64,${bytes.toString('base64')}`
