import type { ReactNode } from 'react'

/** Line icons on a 24 × 24 grid; always beside words or inside something that has a name. */
function Icon({ children }: { children: ReactNode }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {children}
    </svg>
  )
}

export const CheckIcon = () => (
  <Icon>
    <path d="M4.5 12.8l5 5L19.5 7" />
  </Icon>
)
export const CrossIcon = () => (
  <Icon>
    <path d="M6 6l12 12M18 6L6 18" />
  </Icon>
)
/** A clock: saved here, still to be confirmed. */
export const ClockIcon = () => (
  <Icon>
    <circle cx="12" cy="12" r="8.5" />
    <path d="M12 7v5.2l3.4 2.1" />
  </Icon>
)
export const UndoIcon = () => (
  <Icon>
    <path d="M8.5 5L4 9.5 8.5 14" />
    <path d="M4.5 9.5H14a5.5 5.5 0 0 1 0 11h-3.5" />
  </Icon>
)
export const WarnIcon = () => (
  <Icon>
    <path d="M12 4L2.8 20h18.4z" />
    <path d="M12 10v4.5M12 17.2v.1" />
  </Icon>
)
export const OnlineIcon = () => (
  <Icon>
    <path d="M3 10a13 13 0 0 1 18 0M6.3 13.5a8.2 8.2 0 0 1 11.4 0M9.6 17a3.5 3.5 0 0 1 4.8 0" />
  </Icon>
)
export const OfflineIcon = () => (
  <Icon>
    <path d="M4 4l16 16M3 10a13 13 0 0 1 4-2.6M11 6.5A13 13 0 0 1 21 10M6.3 13.5a8.2 8.2 0 0 1 4-2.2M9.6 17a3.5 3.5 0 0 1 4.8 0" />
  </Icon>
)
export const ReaderIcon = () => (
  <Icon>
    <rect x="3.5" y="11" width="17" height="9" rx="2.5" />
    <path d="M8 7.5a6 6 0 0 1 8 0M10.2 9.3a2.8 2.8 0 0 1 3.6 0M7 15.5h4" />
  </Icon>
)
export const OutboxIcon = () => (
  <Icon>
    <path d="M4 14v4.5A1.5 1.5 0 0 0 5.5 20h13a1.5 1.5 0 0 0 1.5-1.5V14M12 15.5V4.5M7.5 9L12 4.5 16.5 9" />
  </Icon>
)
export const MenuIcon = () => (
  <Icon>
    <path d="M4 7h16M4 12h16M4 17h16" />
  </Icon>
)
export const BackspaceIcon = () => (
  <Icon>
    <path d="M8.5 5.5H20v13H8.5L3 12zM11.5 9.5l5 5M16.5 9.5l-5 5" />
  </Icon>
)
export const BasketIcon = () => (
  <Icon>
    <path d="M3.5 9.5h17L19 19.5H5zM8 9.5L11 4M16 9.5L13 4" />
  </Icon>
)
export const CardIcon = () => (
  <Icon>
    <rect x="3" y="5.5" width="18" height="13" rx="2.5" />
    <path d="M3 10h18M6.5 15h4" />
  </Icon>
)
export const PhoneIcon = () => (
  <Icon>
    <rect x="7" y="3" width="10" height="18" rx="2.5" />
    <path d="M11 18h2" />
  </Icon>
)
export const BarcodeIcon = () => (
  <Icon>
    <path d="M4 6v12M7 6v12M10.5 6v12M13 6v12M17 6v12M20 6v12" />
  </Icon>
)
export const CodeIcon = () => (
  <Icon>
    <path d="M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2.5v2.5H14zM18 18h2v2h-2zM14 20h1M20 14v1" />
  </Icon>
)
export const KeyboardIcon = () => (
  <Icon>
    <rect x="2.5" y="6" width="19" height="12" rx="2" />
    <path d="M6 10h.1M10 10h.1M14 10h.1M18 10h.1M7.5 14.2h9" />
  </Icon>
)
/** The mark: a card over a reader's waves. */
export const BrandMark = () => (
  <svg className="brandMark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
    <rect className="brandMark__tile" width="32" height="32" rx="9" />
    <path className="brandMark__line" d="M7.5 19.5a12 12 0 0 1 17 0M11.5 23.5a6.3 6.3 0 0 1 9 0" />
    <rect className="brandMark__card" x="9" y="6" width="14" height="9" rx="2.2" />
  </svg>
)
