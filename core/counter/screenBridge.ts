/**
 * What Electron's preload puts on `window.tapcoupon`: a raw line to the counter, without any of Electron in it. In a
 * browser it is missing and the renderer opens the WebSocket `/client` instead, after it has exchanged the one-time
 * token of the address's fragment (`#token=…`) by `POST /session` with the JSON body `{"token"}` (204, or 401) for a
 * cookie; a reload goes by the cookie alone. On either line the messages are `ToCounter` and `FromCounter`, parsed by
 * whoever receives them.
 */
export interface ScreenBridge {
  /** One `ToCounter`. */
  post(message: unknown): void
  /** What is drawn stands; said every few seconds, for the shell that watches the page. */
  alive(): void
  /** Each `FromCounter`, the newest state first; returns how to stop. Messages from before the first listener are kept. */
  onMessage(listener: (message: unknown) => void): () => void
  /** `lost` while the counter process is gone; a state follows each `connected`. */
  onLink(listener: (link: 'connected' | 'lost') => void): () => void
}
