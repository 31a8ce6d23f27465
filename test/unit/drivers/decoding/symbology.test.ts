import { describe, expect, it } from 'vitest'
import { Symbology } from '../../../../core/readers/scan.ts'
import { GS1_SYMBOLOGIES, scanDataType, splitAim, symbologyOf } from '../../../../drivers/decoding/symbology.ts'

describe('AIM identifiers', () => {
  it.each([
    [']E0', 'ean13'],
    [']E3', 'ean-addon'],
    [']E4', 'ean8'],
    [']C0', 'code128'],
    [']C1', 'gs1-128'],
    [']A0', 'code39'],
    [']A7', 'code39'],
    [']F0', 'codabar'],
    [']I1', 'itf'],
    [']e0', 'databar'],
    [']d1', 'datamatrix'],
    [']d2', 'gs1-datamatrix'],
    [']Q1', 'qr'],
    [']Q3', 'gs1-qr'],
    [']L0', 'pdf417'],
    [']z0', 'aztec'],
    [']X0', 'other'],
  ])('%s is %s', (aim, symbology) => {
    expect(symbologyOf(aim)).toBe(symbology)
  })

  it('that are none: a bracket in data, no data, an object’s own words', () => {
    for (const aim of [']!1', ']?1', ']C', '', ']C1x', 'xC1', ']Z6', ']C!', ']__']) expect(symbologyOf(aim)).toBeNull()
    expect(splitAim(']?1abc')).toEqual({ aim: null, text: ']?1abc' })
    expect(splitAim('')).toEqual({ aim: null, text: '' })
    expect(splitAim(']C1abc')).toEqual({ aim: ']C1', text: 'abc' })
  })

  it('FNC1 in first position makes a GS1 symbol, in second position none', () => {
    for (const aim of [']C1', ']e0', ']d2', ']d5', ']Q3', ']Q4', ']z1', ']J1']) {
      expect(GS1_SYMBOLOGIES.has(symbologyOf(aim)!)).toBe(true)
    }
    for (const aim of [']C2', ']d3', ']Q5', ']z2', ']Q1']) expect(GS1_SYMBOLOGIES.has(symbologyOf(aim)!)).toBe(false)
  })
})

describe('the symbology of a scan', () => {
  it('is AIM’s word, else the vendor’s, else a guess', () => {
    expect(scanDataType(']Q1', 'j', 'A')).toEqual({ symbology: 'qr', by: 'aim' })
    expect(scanDataType(null, 'j', 'A')).toEqual({ symbology: 'code128', by: 'vendor' })
    expect(scanDataType(']!1', null, 'A')).toEqual({ symbology: 'unknown', by: 'guess' })
  })

  it('is one of those the contract knows, for every identifier and every vendor’s code', () => {
    const printable = Array.from({ length: 95 }, (_, index) => String.fromCharCode(0x20 + index))
    for (const code of printable) {
      Symbology.parse(scanDataType(null, code, 'A').symbology)
      for (const modifier of printable) Symbology.parse(scanDataType(`]${code}${modifier}`, null, 'A').symbology)
    }
  })
})
