/** The header that tells our server from a captive portal; requests carry it and responses repeat it. */
export const CONTRACT_HEADER = 'tapcoupon-contract'
export const CONTRACT_VERSION = 1

/** The server accepts the current version and the one before. */
export const ACCEPTED_CONTRACT_VERSIONS: readonly number[] = [CONTRACT_VERSION]

/** Of this program, as package.json has it: what a station says that it runs. */
export const PROGRAM_VERSION = '0.1.0'
