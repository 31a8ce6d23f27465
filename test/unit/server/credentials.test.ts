import crypto from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PASSWORD_MIN, passwordProblem } from '../../../core/contract/passwords.ts'
import { passwordHasher } from '../../../server/auth/passwordHash.ts'
import { requestLimit } from '../../../server/auth/requestLimit.ts'
import { sealing } from '../../../server/auth/sealing.ts'
import { signInThrottle } from '../../../server/auth/signInThrottle.ts'
import { base32, totpCode, totpMatch, totpStep, totpUri } from '../../../server/auth/totp.ts'
import { systemIds as ids } from '../../../server/system.ts'

const CHEAP = { memory: 64, passes: 1, parallelism: 1 }

describe('Argon2id', () => {
  it('is the one of RFC 9106 §5.3', () => {
    const bytes = (value: number, length: number) => Buffer.alloc(length, value)
    const tag = crypto.argon2Sync('argon2id', {
      message: bytes(1, 32),
      nonce: bytes(2, 16),
      secret: bytes(3, 8),
      associatedData: bytes(4, 12),
      memory: 32,
      passes: 3,
      parallelism: 4,
      tagLength: 32,
    })
    expect(tag.toString('hex')).toBe('0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659')
  })

  it('keeps a password in PHC form, each with a salt of its own, and knows it again', async () => {
    const { hash, matches, isOutdated } = passwordHasher(ids, CHEAP)
    const [one, other] = [await hash('a long enough one'), await hash('a long enough one')]
    expect(one).toMatch(/^\$argon2id\$v=19\$m=64,t=1,p=1\$[\w+/]{22}\$[\w+/]{43}$/)
    expect(one).not.toBe(other)
    expect(await matches('a long enough one', one)).toBe(true)
    expect(await matches('a long enough One', one)).toBe(false)
    expect(isOutdated(one)).toBe(false)
    expect(passwordHasher(ids, { ...CHEAP, passes: 2 }).isOutdated(one)).toBe(true)
    expect(await passwordHasher(ids, { ...CHEAP, passes: 2 }).matches('a long enough one', one)).toBe(true)
  })

  it('has no password for nobody, and takes nothing broken for one', async () => {
    const { matches } = passwordHasher(ids, CHEAP)
    for (const typed of ['', '\0', 'nobody']) expect(await matches(typed, null)).toBe(false)
    await expect(matches('x', '$argon2i$v=19$m=64,t=1,p=1$AAAAAAAAAAA$AAAA')).rejects.toThrow('not in the form')
  })
})

describe('TOTP', () => {
  it.each([
    [59, '94287082'],
    [1_111_111_109, '07081804'],
    [1_111_111_111, '14050471'],
    [1_234_567_890, '89005924'],
    [2_000_000_000, '69279037'],
    [20_000_000_000, '65353130'],
  ])('at %d s is %s (RFC 6238, appendix B)', (seconds, code) => {
    const secret = Buffer.from('12345678901234567890')
    expect(totpCode(secret, totpStep(seconds * 1_000), 8)).toBe(code)
    expect(totpCode(secret, totpStep(seconds * 1_000))).toBe(code.slice(2))
  })

  it('takes the step before and after, none that was used, and nothing but six digits', () => {
    const secret = ids.randomBytes(20)
    const now = 1_800_000_000_000
    const step = totpStep(now)
    for (const drift of [-1, 0, 1]) expect(totpMatch(secret, totpCode(secret, step + drift), now, 0)).toBe(step + drift)
    for (const drift of [-2, 2]) {
      const code = totpCode(secret, step + drift)
      const near = [-1, 0, 1].some((other) => totpCode(secret, step + other) === code)
      expect(totpMatch(secret, code, now, 0) !== null).toBe(near)
    }
    expect(totpMatch(secret, totpCode(secret, step), now, step)).toBeNull()
    expect(totpMatch(secret, ` ${totpCode(secret, step).replace(/(...)/, '$1 ')}`, now, 0)).toBe(step)
    for (const typed of ['', '12345', '1234567', '１２３４５６', '-12345']) {
      expect(totpMatch(secret, typed, now, 0)).toBeNull()
    }
  })

  it('names its secret in base 32 (RFC 4648, §10), which an authenticator reads from a QR code', () => {
    const named = ['', 'f', 'fo', 'foo', 'foob', 'fooba', 'foobar'].map((text) => base32(Buffer.from(text)))
    expect(named).toEqual(['', 'MY', 'MZXQ', 'MZXW6', 'MZXW6YQ', 'MZXW6YTB', 'MZXW6YTBOI'])
    expect(totpUri(Buffer.from('foobar'), 'Ada & Co', 'Tap')).toBe(
      'otpauth://totp/Tap:Ada%20%26%20Co?secret=MZXW6YTBOI&issuer=Tap&algorithm=SHA1&digits=6&period=30',
    )
  })
})

describe('a password', () => {
  it.each([
    ['fourteen chars', 'too_short'],
    ['  short  ', 'too_short'],
    ['x'.repeat(257), 'too_long'],
    ['aaaaaaaaaaaaaaaaaa', 'too_common'],
    ['abcabcabcabcabcab', 'too_common'],
    ['123456789012345', 'too_common'],
    ['Qwertyuiop Asdfgh', 'too_common'],
    ['zyxwvutsrqponmlk', 'too_common'],
    ['PasswordPassword', 'too_common'],
    ['tapcoupon-2026-!!', 'too_common'],
    ['Ada Lovelace 1815', 'too_common'],
    ['correct staple of horses', null],
    ['あおいそらしろいくもみどりのくさ', null],
    ['ada lovelace liked horses', null],
  ])('%s: %s', (password, problem) => {
    expect(passwordProblem(password, ['Ada Lovelace', 'Ada', 'Lovelace'])).toBe(problem)
  })

  it('of random words is never refused', () => {
    const word = fc.string({ unit: fc.constantFrom(...'bcdfghklmnprstvw'), minLength: 5, maxLength: 9 })
    fc.assert(
      fc.property(fc.uniqueArray(word, { minLength: 4, maxLength: 6 }), (words) => {
        fc.pre(words.join(' ').length >= PASSWORD_MIN && new Set(words.join('')).size > 6)
        expect(passwordProblem(words.join(' '), ['Ada'])).toBeNull()
      }),
    )
  })
})

describe('what is sealed', () => {
  const keys = [1, 2].map((v) => ({ v, key: ids.randomBytes(32) }))
  const secret = Buffer.from('a second factor')

  it('opens for whom it was sealed, and under the key it was sealed with while keys rotate', () => {
    const before = sealing(keys.slice(0, 1), ids).seal(secret, 'ada')
    expect(Buffer.from(before).includes(secret)).toBe(false)
    const both = sealing(keys, ids)
    expect(Buffer.from(both.open(before, 'ada'))).toEqual(secret)
    const after = both.seal(secret, 'ada')
    expect(Buffer.from(sealing(keys.slice(1), ids).open(after, 'ada'))).toEqual(secret)
    expect(() => sealing(keys.slice(1), ids).open(before, 'ada')).toThrow('does not have')
    expect(() => both.open(after, 'grace')).toThrow()
  })

  it('does not open with a bit changed', () => {
    const both = sealing(keys, ids)
    const sealed = both.seal(secret, 'ada')
    fc.assert(
      fc.property(fc.nat(sealed.length - 1), fc.integer({ min: 1, max: 255 }), (at, bits) => {
        const changed = Uint8Array.from(sealed)
        changed[at] = (changed[at] ?? 0) ^ bits
        expect(() => both.open(changed, 'ada')).toThrow()
      }),
    )
  })
})

/** A clock that tests move. */
function movedClock() {
  let at = 0
  const advance = (ms: number) => {
    at += ms
  }
  return { now: () => at, monotonic: () => at, advance }
}

describe('guessing', () => {
  it('costs five tries a name and fifty an address, then twice as long each time, up to a quarter of an hour', () => {
    const clock = movedClock()
    const throttle = signInThrottle(clock)
    const wrong = (name: string, address: string): number => {
      const wait = throttle.begin(name, address)
      if (wait === 0) throttle.ended(name, address, 'wrong')
      return wait
    }
    for (let times = 0; times < 5; times++) expect(wrong('ada', 'a')).toBe(0)
    const waits: number[] = []
    for (let times = 0; times < 10; times++) {
      waits.push(wrong('ada', `b${times}`))
      clock.advance(waits.at(-1) ?? 0)
      expect(wrong('ada', `b${times}`)).toBe(0)
    }
    expect(waits.slice(0, 4)).toEqual([5_000, 10_000, 20_000, 40_000])
    expect(waits.at(-1)).toBe(15 * 60_000)
    for (let times = 0; times < 45; times++) expect(wrong(`name ${times}`, 'a')).toBe(0)
    expect(wrong('another', 'a')).toBe(5_000)
    expect(wrong('another', 'elsewhere')).toBe(0)
  })

  it('of what is right forgets the name, not the address; too many at once wait', () => {
    const clock = movedClock()
    const throttle = signInThrottle(clock)
    for (let times = 0; times < 49; times++) {
      expect(throttle.begin(`n${times}`, 'a')).toBe(0)
      throttle.ended(`n${times}`, 'a', 'wrong')
    }
    throttle.begin('own', 'a')
    throttle.ended('own', 'a', 'right')
    throttle.begin('x', 'a')
    throttle.ended('x', 'a', 'wrong')
    expect(throttle.begin('y', 'a')).toBe(5_000)
    for (let times = 0; times < 8; times++) expect(throttle.begin(`p${times}`, 'b')).toBe(0)
    expect(throttle.begin('one more', 'b')).toBe(1_000)
    throttle.ended('p0', 'b', 'broken')
    expect(throttle.begin('one more', 'b')).toBe(0)
  })
})

describe('requests', () => {
  it('have a burst, and then a rate, for each caller', () => {
    const clock = movedClock()
    const wait = requestLimit(clock, { perSecond: 10, burst: 3 })
    expect([wait('a'), wait('a'), wait('a'), wait('a')]).toEqual([0, 0, 0, 100])
    expect(wait('b')).toBe(0)
    clock.advance(100)
    expect([wait('a'), wait('a')]).toEqual([0, 100])
    clock.advance(3_600_000)
    expect([wait('a'), wait('a'), wait('a'), wait('a')]).toEqual([0, 0, 0, 100])
  })
})
