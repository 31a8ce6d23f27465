const KEY = 'tapcoupon.reloads'
const MOST = 3
const WITHIN_MS = 5 * 60_000

/**
 * Whether a page that failed may load itself again at `now`, epoch milliseconds: three times in five minutes. It remembers
 * in the tab, which a reload keeps; where it cannot, it may not.
 */
export function mayReload(storage: Pick<Storage, 'getItem' | 'setItem'>, now: number): boolean {
  try {
    const before = (storage.getItem(KEY) ?? '').split(' ').map(Number)
    const recent = before.filter((time) => time > 0 && time > now - WITHIN_MS && time <= now)
    if (recent.length >= MOST) return false
    storage.setItem(KEY, [...recent, now].join(' '))
    return true
  } catch {
    return false
  }
}
