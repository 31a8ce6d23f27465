import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { marked } from 'marked'
import type { Browser } from 'playwright-core'
import { openBrowser } from '../test/e2e/browser.ts'

/**
 * `npm run handouts`: the cashiers' pages as PDF to print, one A4 page each, into docs/print. The same page gives the same
 * file; its last line has the SHA-256 of the text that it was made of.
 */
const root = resolve(import.meta.dirname, '..')
const HANDOUTS = [
  ['docs/cashier.md', 'en', 'docs/print/cashier.en.pdf'],
  ['docs/cashier.ja.md', 'ja', 'docs/print/cashier.ja.pdf'],
] as const

/** No `<` but of pictures comes from the page: it is our own text. */
function documentOf(text: string, language: string): string {
  const fonts = pathToFileURL(join(root, 'node_modules/@fontsource-variable/noto-sans-jp/index.css')).href
  return `<!doctype html><html lang="${language}"><meta charset="utf-8">
<title>Tapcoupon</title><link rel="stylesheet" href="${fonts}">
<style>
  @page { size: A4; margin: 14mm 15mm }
  body { font: 10.5pt/1.5 'Noto Sans JP Variable', sans-serif; color: #0f172a; margin: 0 }
  h1 { font-size: 20pt; margin: 0 0 3mm; padding-bottom: 2mm; border-bottom: 2pt solid #1d4ed8 }
  p, ol { margin: 0 0 2.6mm }
  ol { padding-left: 6mm }
  em { font-style: normal; font-weight: 600; border: 0.5pt solid #94a3b8; border-radius: 3pt; padding: 0 3pt; white-space: nowrap }
  table { border-collapse: collapse; width: 100%; margin: 3mm 0 4mm; table-layout: fixed }
  th, td { padding: 0 2mm 1mm; vertical-align: top; text-align: left; font-weight: 400; font-size: 9.5pt }
  img { width: 100%; border-radius: 4pt }
</style>${withPictures(marked.parse(text, { async: false }))}</html>`
}

async function print(browser: Browser, [source, language, target]: (typeof HANDOUTS)[number]): Promise<void> {
  const text = readFileSync(join(root, source), 'utf8')
  const folder = mkdtempSync(join(tmpdir(), 'tapcoupon-handout-'))
  try {
    writeFileSync(join(folder, 'page.html'), documentOf(text, language))
    const page = await browser.newPage()
    await page.goto(pathToFileURL(join(folder, 'page.html')).href)
    await page.evaluate(asPhotographs)
    const pdf = timeless(await page.pdf({ preferCSSPageSize: true, printBackground: true }))
    await page.close()
    const pages = pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length
    if (pages !== 1) throw new Error(`${source} takes ${pages} pages; a cashier's page is one`)
    const madeOf = createHash('sha256').update(text).digest('hex')
    writeFileSync(join(root, target), Buffer.concat([pdf, Buffer.from(`%made-of ${madeOf}\n`)]))
    console.log(`${target}: ${Math.ceil(pdf.length / 1024)} KiB`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A picture goes into a PDF as JPEG or as all of its pixels: twenty times as much. And nothing is printed before its font is there. */
async function asPhotographs(): Promise<void> {
  const width = 560
  for (const picture of document.images) {
    await picture.decode()
    const canvas = document.createElement('canvas')
    canvas.width = width
    canvas.height = (width * picture.naturalHeight) / picture.naturalWidth
    canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height)
    picture.src = canvas.toDataURL('image/jpeg', 0.85)
    await picture.decode()
  }
  await document.fonts.ready
}

/** Pictures beside a page, as part of it: what comes from a file may be looked at, not copied. */
const withPictures = (html: string): string =>
  html.replace(
    /src="(images\/[^"]+\.webp)"/g,
    (_, path) => `src="data:image/webp;base64,${readFileSync(join(root, 'docs', path)).toString('base64')}"`,
  )

/** Without the moment at which it was made; of the same length, so that the table of its parts still fits. */
const timeless = (pdf: Buffer): Buffer =>
  Buffer.from(pdf.toString('latin1').replace(/\(D:\d{14}/g, '(D:20260101000000'), 'latin1')

mkdirSync(join(root, 'docs/print'), { recursive: true })
const browser = await openBrowser()
try {
  for (const handout of HANDOUTS) await print(browser, handout)
} finally {
  await browser.close()
}
