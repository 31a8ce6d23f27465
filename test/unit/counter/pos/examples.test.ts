import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { PosTransactionRequest } from '../../../../core/pos/basket.ts'
import { PosHello } from '../../../../core/pos/counterView.ts'
import { POS_PROBLEMS } from '../../../../core/pos/problems.ts'
import { POS_ROUTES } from '../../../../core/pos/routes.ts'
import { SaleCompleted, SaleReason } from '../../../../core/pos/transaction.ts'

const page = readFileSync(new URL('../../../../docs/pos.md', import.meta.url), 'utf8')

const BODIES = { '': PosTransactionRequest, '/complete': SaleCompleted, '/void': SaleReason } as const

it('every curl example asks for a route that is there, with a body that it takes', () => {
  const examples = [...page.matchAll(/^curl [^\n]*\$POS(\/\S*)(?:[^\n]*\\\n\s+-d '([^\n]*)')?/gm)]
  expect(examples.length).toBe(5)
  for (const [, path = '', body] of examples) {
    const route = path.replace('S-1001', '{saleId}')
    expect(POS_ROUTES.map((one) => one.path)).toContain(route)
    if (body === undefined) continue
    const schema = BODIES[route.replace('/transactions/{saleId}', '') as keyof typeof BODIES]
    expect(schema.safeParse(JSON.parse(body)).success, path).toBe(true)
  }
})

it('the hello is one', () => {
  const [, hello = ''] = /^(\{ "type": "hello".*\})$/m.exec(page) ?? []
  expect(PosHello.safeParse(JSON.parse(hello)).success).toBe(true)
})

it('names every problem', () => {
  const unnamed = Object.keys(POS_PROBLEMS).filter((reason) => !page.includes(`\`${reason}\``))
  // What only a program that is wrong ever sees.
  expect(unnamed.sort()).toEqual(['failed', 'media_type_unsupported', 'method_not_allowed', 'too_large'])
})
