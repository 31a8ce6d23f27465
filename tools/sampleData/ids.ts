/** 2026-11-01T00:00:00Z: the time that every sample id carries, so that ids sort in the order they are written here. */
const SAMPLE_EPOCH = Date.UTC(2026, 10, 1)

const KINDS = { operator: 0x001, campaign: 0x002, holder: 0x003, acquisition: 0x004 } as const

/**
 * A fixed UUIDv7 (RFC 9562 §5.7): the sample's epoch plus `index` milliseconds, the kind in `rand_a`, the index in
 * `rand_b`. Nothing is random: the same kind and index always give the same id.
 */
export function sampleId(kind: keyof typeof KINDS, index: number): string {
  const time = (SAMPLE_EPOCH + index).toString(16).padStart(12, '0')
  const low = index.toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${KINDS[kind].toString(16).padStart(3, '0')}-8000-${low}`
}

/** Appends the GS1 mod-10 check digit (GS1 General Specifications §7.9) to the digits of a GTIN. */
export function withCheckDigit(digits: string): string {
  const sum = [...digits]
    .reverse()
    .reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 3 : 1), 0)
  return `${digits}${(10 - (sum % 10)) % 10}`
}
