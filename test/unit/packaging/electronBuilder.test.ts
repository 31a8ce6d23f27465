import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import manifest from '../../../package.json' with { type: 'json' }
import schema from './electronBuilder26.schema.json' with { type: 'json' }

const root = resolve(import.meta.dirname, '../../..')
const builder = parse(readFileSync(join(root, 'electron-builder.yml'), 'utf8'))
// electron-builder's schema names types and formats that only describe.
const validate = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(schema)

describe('electron-builder.yml', () => {
  it('is what electron-builder 26 takes', () => {
    validate(builder)
    expect(validate.errors).toBeNull()
  })

  it.each([
    ['a setting that does not exist', { asarUnpak: [] }],
    ['a fuse that does not exist', { electronFuses: { runAsNod: false } }],
    ['a target of another system', { nsis: { oneClick: 'maybe' } }],
  ])('would not be with %s', (_, change) => {
    expect(validate({ ...builder, ...change })).toBe(false)
  })

  it('makes a deb, an AppImage, an NSIS installer and a disk image, of the Electron that is tested', () => {
    expect(builder.linux.target).toEqual(['deb', 'AppImage'])
    expect(builder.win.target).toBe('nsis')
    // Squirrel.Mac renews from the zip.
    expect(builder.mac.target).toEqual(['dmg', 'zip'])
    expect(builder.electronVersion).toBe(manifest.devDependencies.electron)
  })

  it('leaves nothing open that runs another program: every fuse is said', () => {
    expect(builder.electronFuses).toEqual({
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

  it('rebuilds nothing and unpacks native modules and the programs that run beside the shell', () => {
    expect(builder.npmRebuild).toBe(false)
    expect(builder.asarUnpack).toEqual(['**/*.node', 'dist/electron/*.mjs', 'node_modules/**'])
  })

  it('names only files that are there', () => {
    const { deb, linux } = builder
    const named = [deb.afterInstall, deb.afterRemove, ...linux.extraFiles.map(({ from }: { from: string }) => from)]
    expect(named).toHaveLength(7)
    for (const path of named) expect(existsSync(join(root, path)), path).toBe(true)
  })

  it('has an icon for each system, in every size it shows', () => {
    const icon = (name: string) => readFileSync(join(root, builder.directories.buildResources, name))
    const widthOf = (png: Buffer) => png.readUInt32BE(16)
    for (const size of [16, 32, 48, 64, 128, 256, 512]) {
      expect(widthOf(icon(`${builder.linux.icon}/${size}x${size}.png`))).toBe(size)
    }
    const ico = icon(builder.win.icon)
    const inIco = Array.from({ length: ico.readUInt16LE(4) }, (_, at) => ico.readUInt32LE(6 + 16 * at + 12))
    expect(inIco.map((offset) => widthOf(ico.subarray(offset)))).toEqual([16, 24, 32, 48, 64, 128, 256])
    const icns = icon(builder.mac.icon)
    const inIcns: number[] = []
    for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4)) inIcns.push(widthOf(icns.subarray(at + 8)))
    expect(icns.readUInt32BE(4)).toBe(icns.length)
    expect(inIcns.sort((a, b) => a - b)).toEqual([16, 32, 32, 64, 128, 256, 256, 512, 512, 1024])
  })

  it('keeps the journal of a counter that is uninstalled', () => {
    expect(builder.nsis.deleteAppDataOnUninstall).toBe(false)
  })
})
