import type { DrawnSymbol } from './symbol.ts'

/** The room beside the list on the smallest screen, px. */
const ROOM = 560
/** More than this, px a unit, no scanner needs. */
const LARGEST_UNIT = 4

/** A symbol large enough to be scanned from the screen, black on white in either theme. Every unit is as wide as every other: a whole number of px. */
export function TestBarcode({ symbol, label }: { symbol: DrawnSymbol; label: string }) {
  const unit = Math.max(1, Math.min(LARGEST_UNIT, Math.floor(ROOM / symbol.width)))
  return (
    <svg
      className="testBarcode"
      role="img"
      aria-label={label}
      width={symbol.width * unit}
      height={symbol.height * unit}
      viewBox={`0 0 ${symbol.width} ${symbol.height}`}
      shapeRendering="crispEdges"
    >
      <path className="testBarcode__ground" d={`M0 0h${symbol.width}v${symbol.height}H0z`} />
      <path className="testBarcode__bars" fillRule="evenodd" d={symbol.path} />
    </svg>
  )
}
