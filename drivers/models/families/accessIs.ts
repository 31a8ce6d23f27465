import { DEFAULT_LAYOUT } from '../../hid/layout.ts'
import type { ReaderModel } from '../model.ts'

/** Access-IS (0db5): LSR118 manual p. 68, with Honeywell's code IDs. */
export const accessIs: ReaderModel = {
  family: 'Access-IS',
  usb: [[0x0db5]],
  hid: { layout: DEFAULT_LAYOUT, codeIdAt: 61 },
}
