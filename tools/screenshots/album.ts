import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { type AnimationFrame, animatedWebp } from './animatedWebp.ts'
import type { Darkroom, Part } from './darkroom.ts'

export interface Look {
  readonly language: 'en' | 'ja'
  readonly scheme: 'light' | 'dark'
}
export const EN: Look = { language: 'en', scheme: 'light' }
export const EN_DARK: Look = { language: 'en', scheme: 'dark' }
export const JA: Look = { language: 'ja', scheme: 'light' }
export const JA_DARK: Look = { language: 'ja', scheme: 'dark' }

const QUALITY = 0.8
/** What times, ages and a countdown on a screen may change from run to run, as a share of its pixels. */
const NOT_WORTH_A_COMMIT = 0.004

/** The pictures of docs/images. One that shows the same as before, but for a time of day, stays as it is. */
export class Album {
  readonly #folder: string
  readonly #darkroom: Darkroom
  readonly #names = new Set<string>()

  constructor(folder: string, darkroom: Darkroom) {
    this.#folder = folder
    this.#darkroom = darkroom
    mkdirSync(folder, { recursive: true })
  }

  /**
   * The page as it is now, in each look, as `NAME-LANGUAGE-SCHEME.webp`. The counter holds what is shown, so a page that is
   * loaded anew in another language shows the same; `settled` resolves when it does. With `part`, a selector, only that of the page.
   */
  async take(
    page: Page,
    name: string,
    looks: readonly Look[],
    settled: () => Promise<void>,
    part?: string,
  ): Promise<void> {
    for (const look of looks) {
      await dress(page, look, settled)
      const png = await photograph(part === undefined ? page : page.locator(part))
      await this.#keep(`${name}-${look.language}-${look.scheme}`, png)
    }
    await dress(page, EN, settled)
  }

  /** Photographs of one page, shown one after the other: only what changes is in the file twice. */
  async animate(name: string, shots: readonly { png: Buffer; milliseconds: number }[]): Promise<void> {
    const frames: AnimationFrame[] = []
    let before: Buffer | null = null
    for (const { png, milliseconds } of shots) {
      const { width, height } = sizeOf(png)
      const changed = before && (await this.#darkroom.difference(before, png, 'png'))
      const part = changed ? atEvenPixels(changed.part) : { x: 0, y: 0, width, height }
      frames.push({ webp: await this.#darkroom.webp(png, QUALITY, part), part, milliseconds })
      before = png
    }
    const [first] = shots
    if (!first) throw new Error('an animation has at least one frame')
    const { width, height } = sizeOf(first.png)
    this.#write(name, animatedWebp(width, height, frames))
  }

  /** Removes pictures that nobody has taken any more. */
  clear(): void {
    for (const file of readdirSync(this.#folder)) {
      if (!this.#names.has(file)) rmSync(join(this.#folder, file))
    }
  }

  async #keep(name: string, png: Buffer): Promise<void> {
    const webp = await this.#darkroom.webp(png, QUALITY)
    const path = join(this.#folder, `${name}.webp`)
    if (existsSync(path)) {
      const difference = await this.#darkroom.difference(readFileSync(path), webp, 'webp')
      if (difference === null || difference.pixels / difference.of < NOT_WORTH_A_COMMIT) {
        this.#names.add(`${name}.webp`)
        return
      }
    }
    this.#write(name, webp)
  }

  #write(name: string, webp: Buffer): void {
    this.#names.add(`${name}.webp`)
    writeFileSync(join(this.#folder, `${name}.webp`), webp)
    console.log(`${name}.webp: ${Math.ceil(webp.length / 1024)} KiB`)
  }
}

/** What is on the page, or a part of it, without a caret and with animations at their end. */
export async function photograph(of: Page | Locator): Promise<Buffer> {
  const page = 'page' in of ? of.page() : of
  await page.evaluate(() => document.fonts.ready)
  return of.screenshot({ animations: 'disabled', caret: 'hide' })
}

async function dress(page: Page, { language, scheme }: Look, settled: () => Promise<void>): Promise<void> {
  await page.emulateMedia({ colorScheme: scheme })
  if ((await page.locator('html').getAttribute('lang')) !== language) {
    await page.evaluate((chosen) => localStorage.setItem('tapcoupon.language', chosen), language)
    await page.reload()
  }
  await settled()
}

/** A frame of an animated WebP begins at even pixels; it may hold a little more than has changed. */
function atEvenPixels({ x, y, width, height }: Part): Part {
  return { x: x - (x % 2), y: y - (y % 2), width: width + (x % 2), height: height + (y % 2) }
}

/** Source: PNG specification, 11.2.2: IHDR is the first chunk. */
const sizeOf = (png: Buffer) => ({ width: png.readUInt32BE(16), height: png.readUInt32BE(20) })
