import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { canonicalCode, codeFrom, codeKeys } from '../../../../core/acquisition/code.ts'

const hmac = (key: Uint8Array, message: Uint8Array) => createHmac('sha256', key).update(message).digest()

it('a code that was made is its own canonical form without its lines, however it is typed', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 12, maxLength: 12 }), (bytes) => {
      const code = codeFrom(bytes)
      expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/)
      const canonical = canonicalCode(code)
      expect(canonical).toBe(code.replaceAll('-', ''))
      expect(canonicalCode(code.toLowerCase().replaceAll('-', ' '))).toBe(canonical)
    }),
  )
})

it('letters that look like digits are digits, and full-width ones are plain', () => {
  expect(canonicalCode('oil-001')).toBe('011001')
  expect(canonicalCode('ＡＢＣ１２３')).toBe('ABC123')
  expect(canonicalCode('a-b-1')).toBeNull()
  expect(canonicalCode('x'.repeat(65))).toBeNull()
})

it('is kept under every key in force, the highest version first', () => {
  const keys = [1, 2].map((v) => ({ v, key: new Uint8Array(32).fill(v) }))
  const found = codeKeys('ABC123', keys, hmac)
  expect(found.map(({ v }) => v)).toEqual([2, 1])
  expect(new Set(found.map(({ key }) => key)).size).toBe(2)
  expect(codeKeys('ABC124', keys, hmac)[0]?.key).not.toBe(found[0]?.key)
})
