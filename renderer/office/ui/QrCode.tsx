import { lazy, Suspense } from 'react'

/** What draws symbols is large and seldom needed. */
const DrawnQrCode = lazy(() => import('./DrawnQrCode.tsx'))

/** A text as a QR code. */
export function QrCode({ text, label }: { text: string; label: string }) {
  return (
    <Suspense fallback={<span className="qrCode" />}>
      <DrawnQrCode text={text} label={label} />
    </Suspense>
  )
}
