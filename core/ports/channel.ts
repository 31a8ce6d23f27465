/**
 * A two-way pipe of JSON-like messages between two processes of ours: an Electron message port, a child process, a
 * WebSocket. The receiver parses every message; the channel promises order, not delivery after `closed`.
 */
export interface Channel {
  post(message: unknown): void
  /** One listener; messages that arrive before it is set are kept. */
  onMessage(listener: (message: unknown) => void): void
  onClosed(listener: () => void): void
  close(): void
}
