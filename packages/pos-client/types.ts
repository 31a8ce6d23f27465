import type { components } from './generated/api.ts'

type Schemas = components['schemas']

/** What is being sold, as `PUT …/transactions/{saleId}` takes it. */
export type Basket = Schemas['PosTransactionRequest']['basket']
/** One sale as the counter knows it. */
export type Transaction = Schemas['PosTransaction']
/** What coupons give to one basket, line by line. */
export type Discount = Schemas['PosDiscount']
/** How the counter is now. */
export type Counter = Schemas['PosCounter']
export type SaleCompleted = Schemas['SaleCompleted']
/** RFC 9457, with a `reason` to branch on and UnifiedPOS's result code. */
export type Problem = Schemas['PosProblem']
export type Message = Schemas['PosMessage']
