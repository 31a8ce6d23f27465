/** A kiosk shell opens no second window for a page; there the display is the shell's to open. */
export const CAN_OPEN_WINDOWS = typeof window !== 'undefined' && window.tapcoupon === undefined

/** Opens the customer's display in a window of its own, to be moved to the second screen; again, it comes to the front. */
export function openDisplay(): void {
  window.open('./display.html', 'tapcoupon-display', 'popup,width=1024,height=768')?.focus()
}
