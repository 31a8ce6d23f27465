/** What whoever runs the server asks of its database; a part of `CouponStore`. */
export interface OperationStore {
  /** Writes something small, as durably as a redemption; rejects with `StoreUnavailable` when that cannot be done now. */
  probe(): Promise<void>
  /** Rows and bytes worth watching, by metric name. */
  figures(): Promise<Readonly<Record<string, number>>>
}
