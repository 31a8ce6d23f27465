import type { PrinterSettings, PrintFault, Slip } from '../../core/counter/slip.ts'
import { sendToPrinter } from '../../drivers/printer/adapter.ts'
import { slipBytes } from '../../drivers/printer/slipBytes.ts'
import en from '../../resources/locales/en/slip.json' with { type: 'json' }
import ja from '../../resources/locales/ja/slip.json' with { type: 'json' }

/** Prints one slip in the screen's language; null: the printer has taken it. Never rejects. */
export async function printSlip(printer: PrinterSettings, slip: Slip, language: string): Promise<PrintFault | null> {
  const isJapanese = language.startsWith('ja')
  const { paper } = isJapanese ? ja : en
  return sendToPrinter(printer, slipBytes(slip, paper, isJapanese ? 'ja' : 'en', printer.columns))
}
