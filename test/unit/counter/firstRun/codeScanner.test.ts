import { describe, expect, it } from 'vitest'
import { newEnrolmentCode } from '../../../../core/enrolment/code.ts'
import { invitationText } from '../../../../core/enrolment/invitation.ts'
import type { WedgeKey, WedgeLayout } from '../../../../core/readers/protocol.ts'
import { CodeScanner } from '../../../../counter/firstRun/codeScanner.ts'
import { VirtualTime } from '../counterParts.ts'

const CODE = newEnrolmentCode({ uuid7: () => '', randomBytes: (size) => new Uint8Array(size).fill(3) })
const QR = invitationText('https://coupons.example', CODE)
const KEYS: WedgeKey[] = [{ code: 'KeyA', key: 'a', shift: false, ctrl: false, alt: false, atMs: 0 }]

/** A scanner that types, made for `made`; what it types is spelled for whatever layout is tried. */
function newScanner(made: WedgeLayout | null) {
  const time = new VirtualTime()
  const heard: string[] = []
  const tried: WedgeLayout[] = []
  let now: WedgeLayout = 'us'
  let wants = true
  const spell = () => (made === now ? scanner.read({ type: 'qr', identifier: QR }) : scanner.failed())
  const scanner: CodeScanner = new CodeScanner({
    wants: () => wants,
    scanned: (text) => void heard.push(text),
    unreadable: () => void heard.push('unreadable'),
    tryLayout: (layout) => {
      now = layout
      tried.push(layout)
    },
    retype: spell,
    scheduler: time,
  })
  const type = async () => {
    scanner.typing(KEYS)
    spell()
    await time.pass(1)
  }
  return { scanner, heard, tried, type, close: () => (wants = false) }
}

describe('a code', () => {
  it('from a scanner that does not type is taken as it is', () => {
    const { scanner, heard, tried } = newScanner(null)
    scanner.read({ type: 'qr', identifier: QR })
    expect({ heard, tried, layout: scanner.layout }).toEqual({ heard: [QR], tried: [], layout: null })
  })

  it.each(['us', 'de', 'jp'] as const)('typed for a keyboard of %s is heard at its first scan', async (made) => {
    const { scanner, heard, type } = newScanner(made)
    await type()
    expect({ heard, layout: scanner.layout }).toEqual({ heard: [QR], layout: made })
  })

  it('that spells nothing on any keyboard is unreadable, once; the next scan begins anew', async () => {
    const { heard, tried, type } = newScanner(null)
    await type()
    expect(heard).toEqual(['unreadable'])
    await type()
    expect(heard).toEqual(['unreadable', 'unreadable'])
    expect(tried).toEqual(['de', 'jp', 'us', 'de', 'jp'])
  })

  it('that is none of ours is told as it was scanned', () => {
    const { scanner, heard } = newScanner(null)
    scanner.read({ type: 'nfc-uid', identifier: '04a1b2c3d4e5f6' })
    expect(heard).toEqual(['04a1b2c3d4e5f6'])
  })

  it('is not heard when none is wanted', async () => {
    const { scanner, heard, type, close } = newScanner('us')
    close()
    await type()
    scanner.failed()
    expect(heard).toEqual([])
  })
})
