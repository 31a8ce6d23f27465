import { qrSymbol } from '../../readerSetup/symbol.ts'

/** Black on white in either theme, so that every camera reads it. */
export default function DrawnQrCode({ text, label }: { text: string; label: string }) {
  const { width, height, path } = qrSymbol(text)
  return (
    <svg
      className="qrCode"
      role="img"
      aria-label={label}
      viewBox={`0 0 ${width} ${height}`}
      shapeRendering="crispEdges"
    >
      <path className="qrCode__ground" d={`M0 0h${width}v${height}H0z`} />
      <path className="qrCode__dots" fillRule="evenodd" d={path} />
    </svg>
  )
}
