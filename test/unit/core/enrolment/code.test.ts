import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newEnrolmentCode, typedEnrolmentCode } from '../../../../core/enrolment/code.ts'
import { TYPED_ALPHABET } from '../../../../core/typedCode.ts'

/** Codes as head office makes them, of bytes that fast-check chose. */
const codes = fc
  .uint8Array({ minLength: 19, maxLength: 19 })
  .map((bytes) => newEnrolmentCode({ uuid7: () => '', randomBytes: () => bytes }))

const place = fc.nat({ max: 19 })
const withoutLines = (code: string) => code.replaceAll('-', '')

describe('an enrolment code', () => {
  it('is four groups of five that say themselves', () => {
    fc.assert(
      fc.property(codes, (code) => {
        expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}(?:-[0-9A-HJKMNP-TV-Z]{5}){3}$/)
        expect(typedEnrolmentCode(code)).toEqual({ ok: true, value: code })
      }),
    )
  })

  it('is understood however it is typed: small, spaced, full-width, O for 0, I and L for 1', () => {
    const ways = fc.constantFrom<(code: string) => string>(
      (code) => code.toLowerCase(),
      (code) => withoutLines(code).replace(/(.{4})/g, '$1 '),
      (code) => code.replaceAll('0', 'O').replaceAll('1', 'I'),
      (code) => code.replaceAll('0', 'o').replaceAll('1', 'l'),
      (code) => [...code].map((c) => (c === '-' ? 'ー' : String.fromCharCode(c.charCodeAt(0) + 0xfee0))).join(''),
    )
    fc.assert(
      fc.property(codes, ways, (code, typed) => {
        expect(typedEnrolmentCode(` ${typed(code)} `)).toEqual({ ok: true, value: code })
      }),
    )
  })

  it('with one wrong character is found out', () => {
    fc.assert(
      fc.property(codes, place, fc.constantFrom(...TYPED_ALPHABET, 'U'), (code, at, other) => {
        const characters = [...withoutLines(code)]
        fc.pre(characters[at] !== other)
        characters[at] = other
        expect(typedEnrolmentCode(characters.join(''))).toEqual({ ok: false, problem: 'mistyped' })
      }),
    )
  })

  it('with two neighbours that changed places is found out, but for 0 and Z, which Luhn cannot tell', () => {
    fc.assert(
      fc.property(codes, fc.nat({ max: 18 }), (code, at) => {
        const characters = [...withoutLines(code)]
        const [one = '', two = ''] = characters.slice(at, at + 2)
        fc.pre(one !== two && [one, two].sort().join('') !== '0Z')
        characters.splice(at, 2, two, one)
        expect(typedEnrolmentCode(characters.join(''))).toEqual({ ok: false, problem: 'mistyped' })
      }),
    )
  })

  it('that is too short is incomplete, and one that is too long was mistyped', () => {
    fc.assert(
      fc.property(codes, fc.nat({ max: 19 }), (code, length) => {
        expect(typedEnrolmentCode(withoutLines(code).slice(0, length))).toEqual({ ok: false, problem: 'incomplete' })
        expect(typedEnrolmentCode(`${code}0`)).toEqual({ ok: false, problem: 'mistyped' })
      }),
    )
  })
})
