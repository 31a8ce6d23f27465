import type { z } from 'zod'
import type { Params } from '../../core/contract/problem.ts'
import { accepted, type Outcome, refused, unreachable } from '../../core/outcome.ts'
import { PosTransactionRequest, SaleId } from '../../core/pos/basket.ts'
import type { PosProblem, PosReason } from '../../core/pos/problems.ts'
import type { PosOperation } from '../../core/pos/routes.ts'
import { SaleCompleted, SaleReason } from '../../core/pos/transaction.ts'
import type { PosAccess, PosSale } from '../store/posBook.ts'
import type { PosApi } from './api.ts'
import { transactionOf } from './views.ts'

export interface Trouble {
  readonly reason: PosReason
  readonly params?: Params
  readonly errors?: NonNullable<PosProblem['errors']>
}
type Answer = Outcome<unknown, Trouble>

export interface Call {
  readonly operation: PosOperation
  readonly saleId: string
  /** Parsed from JSON, and nothing more. */
  readonly body: unknown
}

/** Does what a POS asks; what is refused changed nothing. */
export async function operate(api: PosApi, access: PosAccess, { operation, saleId, body }: Call): Promise<Answer> {
  const { desk } = api
  const { posId } = access
  switch (operation) {
    case 'getCounter':
      return accepted(api.counter(posId))
    case 'listTransactions':
      return accepted({ transactions: desk.sales(posId).map(transactionOf), cursor: desk.changeSeq })
    case 'getTransaction': {
      const sale = SaleId.safeParse(saleId).success ? desk.sale({ posId, saleId }) : null
      return sale ? accepted(transactionOf(sale)) : refused({ reason: 'transaction_unknown' })
    }
    case 'putTransaction': {
      if (!SaleId.safeParse(saleId).success) return refused(SALE_ID_UNFIT)
      return parsed(PosTransactionRequest, body, (request) => desk.put(access, saleId, request))
    }
    case 'completeTransaction':
      return parsed(SaleCompleted, body, (report) => desk.complete(access, saleId, report))
    case 'voidTransaction':
      return parsed(SaleReason, body, ({ reason }) => desk.void(access, saleId, reason ?? `voided by ${access.name}`))
    case 'undoDiscount':
      return parsed(SaleReason, body, ({ reason }) => desk.undo(access, saleId, reason ?? `undone by ${access.name}`))
    default:
      return unreachable(operation)
  }
}

const SALE_ID_UNFIT: Trouble = {
  reason: 'invalid_request',
  errors: [{ path: 'saleId', message: 'letters, digits and . _ : -, at most 64' }],
}

async function parsed<Body>(
  schema: z.ZodType<Body>,
  body: unknown,
  act: (parsed: Body) => Outcome<PosSale, Trouble> | Promise<Outcome<PosSale, Trouble>>,
): Promise<Answer> {
  const read = schema.safeParse(body)
  if (!read.success) {
    // Of a hostile body's many faults, enough to see what is wrong.
    const issues = read.error.issues.slice(0, 20)
    const errors = issues.map(({ path, message }) => ({ path: path.join('.'), message }))
    return refused({ reason: 'invalid_request', errors })
  }
  const answer = await act(read.data)
  return answer.ok ? accepted(transactionOf(answer.value)) : answer
}
