import { describe, expect, it } from 'vitest'
import { snapshotHeaders, snapshotPiece } from '../../../../counter/gateway/snapshotPiece.ts'

const sha256 = `${'A'.repeat(43)}=`
const headers = {
  etag: '"x"',
  'content-type': 'application/zstd',
  'repr-digest': `sha-256=:${sha256}:`,
  'tapcoupon-unpacked-bytes': '900',
  'tapcoupon-replica-schema': '1',
  'tapcoupon-change-seq': '7',
}
const response = (status: number, more: Record<string, string>, body = 'abcdef') =>
  new Response(body, { status, headers: { ...headers, ...more } })
const file = {
  etag: '"x"',
  format: 'application/zstd',
  sha256,
  total: 6,
  unpacked: 900,
  schemaVersion: 1,
  changeSeq: 7,
}

describe('a piece of a snapshot', () => {
  it('is asked for by range, of the file that was begun', () => {
    const ask = { of: '"x"', offset: 100, length: 50, atLeast: 0, formats: ['application/gzip'] as const }
    expect(snapshotHeaders(ask)).toEqual({ accept: 'application/gzip', range: 'bytes=100-149', 'if-range': '"x"' })
  })

  it('is a range, or no more than was asked for of another file from its beginning', async () => {
    const part = await snapshotPiece(response(206, { 'content-range': 'bytes 2-3/6' }, 'cd'), 2)
    expect(part).toEqual({ file, offset: 2, bytes: Buffer.from('cd') })
    const whole = await snapshotPiece(response(200, { 'content-length': '6' }), 4)
    expect(whole).toEqual({ file, offset: 0, bytes: Buffer.from('abcd') })
  })

  it.each([
    ['no range', 206, {}],
    ['no length', 200, {}],
    ['no digest', 200, { 'content-length': '6', 'repr-digest': 'md5=:x:' }],
    ['an unknown form', 200, { 'content-length': '6', 'content-type': 'text/html' }],
    ['no number', 200, { 'content-length': '6', 'tapcoupon-change-seq': 'soon' }],
  ])('with %s is nothing', async (_words, status, more) => {
    expect(await snapshotPiece(response(status, more), 4)).toBeNull()
  })
})
