import { describe, expect, it } from 'vitest'
import { readFuses } from '../../../tools/packaging/fuses.ts'

/** A program with a fuse wire in it, as electron-builder leaves one. */
const program = (wire: string, version = 1) =>
  Buffer.concat([
    Buffer.from('ELF and much else'),
    Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
    Buffer.from([version, wire.length]),
    Buffer.from(wire),
    Buffer.from('and the rest'),
  ])

describe('the fuses of a program', () => {
  it('are read in their order', () => {
    expect(readFuses(program('01000100'))).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: false,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
    })
  })

  it('of an older program are fewer, and one that its makers removed is neither', () => {
    expect(readFuses(program('1r'))).toEqual({ runAsNode: true, enableCookieEncryption: null })
  })

  it('are none in another program, and none of another version', () => {
    expect(readFuses(Buffer.from('ELF'))).toBeNull()
    expect(readFuses(program('0', 2))).toBeNull()
  })
})
