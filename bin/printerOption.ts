import { PrinterSettings } from '../core/counter/slip.ts'
import { accepted, type Outcome, refused } from '../core/outcome.ts'

/** Where receipt printers on a network listen. */
const RAW_PORT = 9_100
/** How most serial receipt printers leave their factories. */
const BAUD_RATE = 9_600

/**
 * Reads `--printer`: `tcp:HOST[:PORT]`, `serial:PATH[:BAUD]` or `file:PATH`, and `--printer-columns`. Out: the printer, or a
 * sentence that names what is wrong.
 */
export function printerOption(
  text: string,
  columns: string | undefined,
): Outcome<PrinterSettings, { readonly problem: string }> {
  const settings = PrinterSettings.safeParse({
    connection: connectionOf(text),
    ...(columns === undefined ? {} : { columns: Number(columns) }),
  })
  if (settings.success) return accepted(settings.data)
  return refused({
    problem: settings.error.issues.some(({ path }) => path[0] === 'columns')
      ? `--printer-columns is a number from 24 to 64, not '${columns}'`
      : `--printer wants tcp:HOST[:PORT], serial:PATH[:BAUD] or file:PATH, not '${text}'`,
  })
}

function connectionOf(text: string): unknown {
  const [, kind, rest = ''] = /^(tcp|serial|file):(.+)$/.exec(text) ?? []
  // Ports and paths may have colons of their own: only whole digits at the end are a number.
  const [, place = rest, number] = /^(.+?)(?::(\d+))?$/.exec(rest) ?? []
  switch (kind) {
    case 'tcp':
      return { kind, host: place, port: number === undefined ? RAW_PORT : Number(number) }
    case 'serial':
      return { kind, path: place, baudRate: number === undefined ? BAUD_RATE : Number(number) }
    case 'file':
      return { kind, path: rest }
    default:
      return null
  }
}
