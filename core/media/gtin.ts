/**
 * GS1's mod-10 check digit for these digits (General Specifications §7.9.1: from the right, weights 3 and 1 in turn).
 * Digits only; the caller has looked.
 */
function gs1CheckDigit(digits: string): number {
  let sum = 0
  for (let fromRight = 0; fromRight < digits.length; fromRight++) {
    const digit = digits.charCodeAt(digits.length - 1 - fromRight) - 48
    sum += fromRight % 2 === 0 ? digit * 3 : digit
  }
  return (10 - (sum % 10)) % 10
}

/**
 * Whether the last digit is GS1's mod-10 check digit of those before it. Any length from 2: GTINs, and membership
 * numbers built like them.
 */
export function hasGs1CheckDigit(digits: string): boolean {
  if (!/^\d{2,}$/.test(digits)) return false
  return gs1CheckDigit(digits.slice(0, -1)) === digits.charCodeAt(digits.length - 1) - 48
}

/** A GTIN-8, -12, -13 or -14 as the 14 digits under which all four are compared. Check digits are not judged here. */
export function toGtin14(gtin: string): string {
  return gtin.padStart(14, '0')
}

/** The GTIN-14 of a GTIN-8, -12, -13 or -14 with its right check digit; null for anything else. */
export function gtin14Of(digits: string): string | null {
  const isGtin = [8, 12, 13, 14].includes(digits.length) && hasGs1CheckDigit(digits)
  return isGtin ? toGtin14(digits) : null
}

/**
 * The GTIN-12 behind what a scanner sends for a UPC-E symbol (General Specifications §5.2.2.4.2): number system, six
 * digits and check digit (8 digits), or without the check digit, the number system or both, as scanners are set to do.
 * null: a wrong check digit, a number system other than 0 and 1, or seven digits that would fit in both ways.
 */
export function expandUpcE(digits: string): string | null {
  if (!/^\d{6,8}$/.test(digits)) return null
  switch (digits.length) {
    case 6:
      return withCheckDigit(expanded('0', digits))
    case 8:
      return checked(expanded(digits.charAt(0), digits.slice(1, 7)), digits)
    default: {
      const withoutSystem = checked(expanded('0', digits.slice(0, 6)), digits)
      const withoutCheck = withCheckDigit(expanded(digits.charAt(0), digits.slice(1)))
      if (withoutSystem !== null && withoutCheck !== null) return null
      return withoutSystem ?? withoutCheck
    }
  }
}

/** The 11 digits that zero suppression shortened to six: the last one says which zeros were left out. */
function expanded(system: string, six: string): string | null {
  if (system !== '0' && system !== '1') return null
  const last = six.charAt(5)
  switch (last) {
    case '0':
    case '1':
    case '2':
      return `${system}${six.slice(0, 2)}${last}0000${six.slice(2, 5)}`
    case '3':
      return `${system}${six.slice(0, 3)}00000${six.slice(3, 5)}`
    case '4':
      return `${system}${six.slice(0, 4)}00000${six.charAt(4)}`
    default:
      return `${system}${six.slice(0, 5)}0000${last}`
  }
}

function withCheckDigit(eleven: string | null): string | null {
  return eleven === null ? null : `${eleven}${gs1CheckDigit(eleven)}`
}

function checked(eleven: string | null, sent: string): string | null {
  const twelve = withCheckDigit(eleven)
  return twelve !== null && twelve.at(-1) === sent.at(-1) ? twelve : null
}

/** A decoded barcode with UPC-A (12 digits, right check digit) written as the EAN-13 that it is; others unchanged. */
export function upcAsEan13(decoded: string): string {
  return /^\d{12}$/.test(decoded) && hasGs1CheckDigit(decoded) ? `0${decoded}` : decoded
}
