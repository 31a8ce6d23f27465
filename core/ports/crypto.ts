/** HMAC-SHA-256, injected because `core` imports no runtime. */
export type HmacSha256 = (key: Uint8Array, message: Uint8Array) => Uint8Array

export type Sha256 = (message: Uint8Array) => Uint8Array
