const DOMAIN = 'tapcoupon-station-token-1'

/** What a station signs with its key to get a token: whose it is, and what the server has just asked it with. */
export const tokenProof = (stationId: string, challenge: string): Uint8Array =>
  new TextEncoder().encode(`${DOMAIN}\0${stationId}\0${challenge}`)
