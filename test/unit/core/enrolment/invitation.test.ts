import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newEnrolmentCode } from '../../../../core/enrolment/code.ts'
import { invitationText, readInvitation } from '../../../../core/enrolment/invitation.ts'
import { isUnprotected, serverAddress } from '../../../../core/enrolment/serverAddress.ts'

const CODE = newEnrolmentCode({ uuid7: () => '', randomBytes: (size) => new Uint8Array(size).fill(7) })
const SERVER = 'https://coupons.example'

describe('what is scanned to enrol a machine', () => {
  it('is the office’s QR code, with the server and the code', () => {
    expect(readInvitation(invitationText(SERVER, CODE))).toEqual({ ok: true, value: { serverUrl: SERVER, code: CODE } })
  })

  it('or the code alone', () => {
    expect(readInvitation(CODE.toLowerCase())).toEqual({ ok: true, value: { serverUrl: null, code: CODE } })
  })

  it.each([
    ['a link', 'https://shop.example/menu', 'other_qr'],
    ['a Wi-Fi code', 'WIFI:S:Shop;T:WPA;P:secret;;', 'other_qr'],
    ['JSON of somebody else', '{"handshake_version":1,"url":"https://x.example","token":"x"}', 'other_qr'],
    ['JSON that was cut off', invitationText(SERVER, CODE).slice(0, 40), 'other_qr'],
    ['a membership number', '2900000000018', 'incomplete'],
    ['a newer office’s', JSON.stringify({ handshakeVersion: 2, url: SERVER, code: CODE }), 'newer_qr'],
    ['one with an address of another kind', invitationText('ftp://coupons.example', CODE), 'other_qr'],
    ['one with a password in its address', invitationText('https://a:b@coupons.example', CODE), 'other_qr'],
    ['one whose code is damaged', invitationText(SERVER, `${CODE.slice(0, -1)}U`), 'mistyped'],
  ])('but not %s', (_, text, problem) => {
    expect(readInvitation(text)).toEqual({ ok: false, problem })
  })

  it('and whatever else it is, it has a name', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        const read = readInvitation(text)
        if (!read.ok) expect(['other_qr', 'newer_qr', 'incomplete', 'mistyped']).toContain(read.problem)
      }),
    )
  })
})

describe('a server’s address', () => {
  it.each([
    ['coupons.example', 'https://coupons.example'],
    [' https://Coupons.Example/ ', 'https://coupons.example'],
    ['https://coupons.example/office/#/stations', 'https://coupons.example'],
    ['https://shops.example/coupons/', 'https://shops.example/coupons'],
    ['coupons.example:8443', 'https://coupons.example:8443'],
    ['http://10.0.0.7:8080', 'http://10.0.0.7:8080'],
    ['localhost:8080', 'http://localhost:8080'],
    ['127.0.0.1:8080/office', 'http://127.0.0.1:8080'],
    ['ｃｏｕｐｏｎｓ．ｅｘａｍｐｌｅ', 'https://coupons.example'],
  ])('%s is kept as %s', (typed, kept) => {
    expect(serverAddress(typed)).toEqual({ ok: true, value: kept })
  })

  it.each(['', '   ', 'file:///etc/passwd', 'javascript:alert(1)', 'https://', 'https://a:b@x.example', 'two words'])(
    '%j is none',
    (typed) => {
      expect(serverAddress(typed)).toEqual({ ok: false, problem: 'address_invalid' })
    },
  )

  it('without TLS is one that can be read on its way, unless it is this machine', () => {
    expect(isUnprotected('http://10.0.0.7:8080')).toBe(true)
    expect(isUnprotected('http://127.0.0.1:8080')).toBe(false)
    expect(isUnprotected('https://coupons.example')).toBe(false)
  })
})
