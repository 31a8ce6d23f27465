import { z } from 'zod'
import { PosTransactionRequest, SaleId } from './basket.ts'
import { PosCounter } from './counterView.ts'
import type { PosReason } from './problems.ts'
import { PosTransaction, PosTransactionList, SaleCompleted, SaleReason } from './transaction.ts'

/** Where a counter's POS bridge is, unless it was started with another. */
export const POS_PORT = 4751
export const POS_BASE = '/pos/v1'
export const POS_EVENTS_PATH = `${POS_BASE}/events`
export const POS_DOCUMENT_PATH = `${POS_BASE}/openapi.json`

const BySale = z.object({ saleId: SaleId })

export interface PosRoute {
  readonly method: 'GET' | 'PUT' | 'POST'
  /** After `POS_BASE`; `{saleId}` is the one parameter there is. */
  readonly path: string
  readonly operationId: string
  readonly summary: string
  readonly description?: string
  readonly params?: z.ZodType
  readonly body?: z.ZodType
  readonly answer: z.ZodType
  /** What it is refused with, beside what every route is. */
  readonly problems: readonly PosReason[]
}

const CHANGES: readonly PosReason[] = ['invalid_request', 'too_large', 'media_type_unsupported', 'storage_failed']

/** What a POS may ask of a counter: the one table that the bridge serves and its description is made from. */
export const POS_ROUTES = [
  {
    method: 'GET',
    path: '/counter',
    operationId: 'getCounter',
    summary: 'How the counter is now',
    answer: PosCounter,
    problems: [],
  },
  {
    method: 'GET',
    path: '/transactions',
    operationId: 'listTransactions',
    summary: 'The sales of this POS that are neither completed nor voided',
    description: 'What a POS asks for after it has crashed. Another POS’s sales are not in it.',
    answer: PosTransactionList,
    problems: [],
  },
  {
    method: 'GET',
    path: '/transactions/{saleId}',
    operationId: 'getTransaction',
    summary: 'One sale of this POS',
    params: BySale,
    answer: PosTransaction,
    problems: ['transaction_unknown'],
  },
  {
    method: 'PUT',
    path: '/transactions/{saleId}',
    operationId: 'putTransaction',
    summary: 'Open a sale on the counter, or change its basket',
    description:
      'Answered when it is on the counter’s disk. The same revision with the same basket is answered as before; a lower one is refused by name. Coupons that are on the screen are decided anew. A sale with a higher revision takes the screen from another sale of the same POS.',
    params: BySale,
    body: PosTransactionRequest,
    answer: PosTransaction,
    problems: [
      ...CHANGES,
      'currency_differs',
      'total_differs',
      'basket_revision_stale',
      'duplicate_request_differs',
      'transaction_approved',
      'transaction_closed',
      'counter_claimed',
      'counter_in_use',
      'in_progress',
      'counter_not_ready',
    ],
  },
  {
    method: 'POST',
    path: '/transactions/{saleId}/complete',
    operationId: 'completeTransaction',
    summary: 'sale_completed: the sale is closed and paid',
    description:
      'The same report twice is answered twice and counts once. A discount other than the approved one is refused unless `acceptDifference` says that it was given.',
    params: BySale,
    body: SaleCompleted,
    answer: PosTransaction,
    problems: [
      ...CHANGES,
      'transaction_unknown',
      'discount_differs',
      'duplicate_request_differs',
      'transaction_closed',
      'in_progress',
    ],
  },
  {
    method: 'POST',
    path: '/transactions/{saleId}/void',
    operationId: 'voidTransaction',
    summary: 'sale_voided: the sale is given up, and its coupons are given back',
    description: 'Works without the server too, and however long ago the approval was. A completed sale can be voided.',
    params: BySale,
    body: SaleReason,
    answer: PosTransaction,
    problems: [...CHANGES, 'transaction_unknown', 'in_progress'],
  },
  {
    method: 'POST',
    path: '/transactions/{saleId}/undo',
    operationId: 'undoDiscount',
    summary: 'Give the coupons back and go on with the sale',
    description: 'Before the basket of an approved sale changes. Without an approval nothing is done.',
    params: BySale,
    body: SaleReason,
    answer: PosTransaction,
    problems: [...CHANGES, 'transaction_unknown', 'transaction_closed', 'in_progress'],
  },
] as const satisfies readonly PosRoute[]

export type PosOperation = (typeof POS_ROUTES)[number]['operationId']
