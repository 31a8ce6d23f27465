/** Names of the only messages between the window and the main process; what each carries is in main/pageMessages.ts. */
export const IPC = {
  /** window → main: the preload listens; the screen's line may be opened. */
  open: 'tapcoupon:open',
  /** window → main: a `ToCounter`. */
  toCounter: 'tapcoupon:to-counter',
  /** window → main, every two seconds: what is drawn stands. */
  alive: 'tapcoupon:alive',
  /** main → window: a `FromCounter`. */
  fromCounter: 'tapcoupon:from-counter',
  /** main → window: `connected` or `lost`. */
  link: 'tapcoupon:link',
} as const
