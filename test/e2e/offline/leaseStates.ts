import type { DeskLease, OfflineDesk } from '../../../core/counter/offlineDesk.ts'

const HOUR = 3_600_000

/** A lease of this counter. */
export const lease = (n: number, more: Partial<DeskLease> = {}): DeskLease => ({
  leaseId: `01a19467-e801-7004-8000-${String(70 + n).padStart(12, '0')}`,
  stationName: null,
  title: 'First 100 customers: ¥1,000 off',
  titles: { ja: '先着100名様：1,000円引き' },
  uses: 5,
  usesLeft: 4,
  value: null,
  valueLeft: null,
  until: Date.now() + 70 * HOUR,
  state: 'out',
  ...more,
})

/** What the server says is lent to the store. */
export const STORE_LEASES: OfflineDesk['leases'] = {
  of: 'store',
  rows: [
    lease(1),
    lease(2, {
      title: 'Opening week',
      titles: { ja: 'オープン記念' },
      value: 12_000,
      valueLeft: 800,
      state: 'recalled',
    }),
    lease(3, { stationName: 'Right till at the long counter', uses: 1_000, usesLeft: 0 }),
    lease(4, {
      stationName: 'Kiosk',
      title: '',
      titles: {},
      uses: 20,
      usesLeft: 20,
      value: 400_000,
      valueLeft: 400_000,
    }),
  ],
}
