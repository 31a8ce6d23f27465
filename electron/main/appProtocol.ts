import { readRendererFile, securityHeaders } from '../../counter/supervisor/rendererFiles.ts'
import type { ElectronApis } from './electronApis.ts'

const SCHEME = 'app'
const HOST = 'tapcoupon'

/** The screen's origin: no other page has it, and no network can answer for it. */
export const APP_ORIGIN = `${SCHEME}://${HOST}`
export const APP_PAGE = `${APP_ORIGIN}/`

/** Must run before Electron is ready: only then can a scheme be given an origin of its own. */
export function declareAppScheme(protocol: ElectronApis['protocol']): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ])
}

/**
 * Answers `app://tapcoupon/…` with the files under `root`, each with the policy that allows nothing else. Another host,
 * another method, a request of another origin, or a path out of the root is 404.
 */
export function serveApp(protocol: ElectronApis['protocol'], root: string): void {
  protocol.handle(SCHEME, async (request) => {
    const headers = securityHeaders([])
    const url = new URL(request.url)
    const { initiatorOrigin } = request as { initiatorOrigin?: string | null }
    // Absent when Electron itself asks; otherwise it must be our own page.
    const ours = initiatorOrigin === undefined || initiatorOrigin === APP_ORIGIN
    if (url.host !== HOST || request.method !== 'GET' || !ours) return new Response(null, { status: 404, headers })
    const file = await readRendererFile(root, url.pathname)
    if (file === null) return new Response(null, { status: 404, headers })
    return new Response(file.body, { headers: { ...headers, ...file.headers } })
  })
}
