declare module 'gs1-barcode-parser-mod' {
  export function parseBarcode(barcode: string): {
    readonly codeName: string
    readonly parsedCodeItems: readonly { readonly ai: string; readonly raw: string }[]
  }
}
