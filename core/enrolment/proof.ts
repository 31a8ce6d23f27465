const DOMAIN = 'tapcoupon-enrol-1'

/** What a machine signs with its key when it enrols: the code, which nobody else who has seen it can sign with that key. */
export const enrolmentProof = (code: string): Uint8Array => new TextEncoder().encode(`${DOMAIN}\0${code}`)
