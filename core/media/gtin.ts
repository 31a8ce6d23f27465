/**
 * Whether the last digit is GS1's mod-10 check digit of those before it (GS1 General Specifications §7.9.1: from the
 * right, weights 3 and 1 in turn). Any length from 2: GTINs, and membership numbers built like them.
 */
export function hasGs1CheckDigit(digits: string): boolean {
  if (!/^\d{2,}$/.test(digits)) return false
  let sum = 0
  for (let fromRight = 0; fromRight < digits.length; fromRight++) {
    const digit = digits.charCodeAt(digits.length - 1 - fromRight) - 48
    sum += fromRight % 2 === 1 ? digit * 3 : digit
  }
  return sum % 10 === 0
}

/** A GTIN-8, -12, -13 or -14 as the 14 digits under which all four are compared. Check digits are not judged here. */
export function toGtin14(gtin: string): string {
  return gtin.padStart(14, '0')
}

/** A decoded barcode with UPC-A (12 digits, right check digit) written as the EAN-13 that it is; others unchanged. */
export function upcAsEan13(decoded: string): string {
  return /^\d{12}$/.test(decoded) && hasGs1CheckDigit(decoded) ? `0${decoded}` : decoded
}
