import { readFile, realpath } from 'node:fs/promises'
import { extname, isAbsolute, join, relative, resolve, sep } from 'node:path'

/** What both shells serve of the built screen: a file's bytes and the headers it goes out with. */
export interface RendererFile {
  readonly body: Uint8Array<ArrayBuffer>
  readonly headers: Readonly<Record<string, string>>
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg',
  '.wav': 'audio/wav',
}

/**
 * Headers of every answer. Nothing may be loaded but the screen's own files; `connect` names where its line to the
 * counter goes, because older Chromiums do not count a WebSocket as `'self'`.
 */
export function securityHeaders(connect: readonly string[]): Readonly<Record<string, string>> {
  return {
    'content-security-policy': [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' data:",
      "font-src 'self'",
      "media-src 'self' data:",
      `connect-src ${["'self'", ...connect].join(' ')}`,
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), hid=(), serial=(), payment=()',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  }
}

/**
 * Finds the file that a URL path names under `root`.
 *
 * In: the path as it stood in the URL, percent-encoded, without query. Out: an absolute path strictly inside `root`, or
 * null for a path that is malformed, leaves the root, or names a dot file. `/` names `index.html`.
 */
export function resolveUnder(root: string, urlPath: string): string | null {
  let decoded: string
  try {
    decoded = decodeURIComponent(urlPath)
  } catch {
    return null
  }
  if (!decoded.startsWith('/') || decoded.includes('\0') || decoded.includes('\\')) return null
  const segments = decoded.slice(1).split('/')
  if (segments.some((segment) => segment.startsWith('.'))) return null
  const path = resolve(root, decoded === '/' ? 'index.html' : join(...segments))
  return isInside(root, path) ? path : null
}

/** Reads what a URL path names; null where there is nothing to serve, a symbolic link out of the root included. */
export async function readRendererFile(root: string, urlPath: string): Promise<RendererFile | null> {
  const path = resolveUnder(root, urlPath)
  if (path === null) return null
  const contentType = CONTENT_TYPES[extname(path)]
  if (contentType === undefined) return null
  try {
    const real = await realpath(path)
    if (!isInside(await realpath(root), real)) return null
    const body = new Uint8Array(await readFile(real))
    // Vite names what it puts under assets/ by content; everything else may change under the same name.
    const cacheControl = relative(root, path).startsWith(`assets${sep}`)
      ? 'public, max-age=31536000, immutable'
      : 'no-store'
    return { body, headers: { 'content-type': contentType, 'cache-control': cacheControl } }
  } catch {
    // Missing, a folder, or not readable: all the same to a screen.
    return null
  }
}

function isInside(root: string, path: string): boolean {
  const way = relative(resolve(root), path)
  return way !== '' && !isAbsolute(way) && way !== '..' && !way.startsWith(`..${sep}`)
}
