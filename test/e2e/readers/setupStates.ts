import { type ReaderSetup, ReaderSetup as ReaderSetupSchema } from '../../../core/counter/readerSetup.ts'
import type { CounterState } from '../../../core/counter/state.ts'

const serial = (path: string, fixed: boolean) => ({
  preset: { path, preset: 'zebra', baudRate: 9_600, dataBits: 8, parity: 'none', stopBits: 1 },
  fixed,
})

/** A counter with a reader of every kind, some in trouble. Parsed, so that it is real. */
export const SETUP: ReaderSetup = ReaderSetupSchema.parse({
  operator: { operatorId: 'o3', name: 'Kaori Mizuno' },
  endsAt: Date.now() + 9 * 60_000,
  readers: [
    {
      readerId: 'ACS ACR122U PICC Interface 00 00',
      transport: 'pcsc',
      name: 'Left till',
      model: 'ACS ACR122U PICC Interface 00 00',
      family: 'ACS ACR122U',
      portPath: 'usb 1-1.2',
      capabilities: { buzzer: true, led: true },
      state: 'ready',
      enabled: true,
      isService: false,
      serial: null,
    },
    {
      readerId: '0c2e:0b61:18143B0F5A',
      transport: 'hid',
      name: 'Voyager 1472g',
      model: 'Voyager 1472g',
      state: 'denied',
      code: 'permission_denied',
      fix: 'This user may not open the scanner. Install the rule and plug the scanner in again: sudo cp resources/udev/70-tapcoupon-readers.rules /etc/udev/rules.d/ && sudo udevadm control --reload && sudo udevadm trigger',
      enabled: true,
      isService: false,
      serial: null,
    },
    {
      readerId: '/dev/serial/by-id/usb-Symbol_Technologies_Inc__2002_Symbol_Bar_Code_Scanner-if00',
      transport: 'serial',
      name: 'Desk',
      model: 'Symbol Bar Code Scanner',
      state: 'absent',
      code: 'no_such_port',
      fix: 'Plug the scanner in, or configure another port.',
      enabled: true,
      isService: false,
      serial: serial('/dev/serial/by-id/usb-Symbol_Technologies_Inc__2002_Symbol_Bar_Code_Scanner-if00', false),
    },
    {
      readerId: 'wedge',
      transport: 'wedge',
      name: 'Keyboard scanner',
      model: 'Keyboard scanner',
      state: 'ready',
      enabled: true,
      isService: false,
      serial: null,
    },
    {
      readerId: 'simulated',
      transport: 'simulated',
      name: 'Simulated reader',
      model: 'Simulated reader',
      state: 'ready',
      enabled: false,
      isService: false,
      serial: null,
    },
    ...[1, 2].map((port) => ({
      readerId: `1a86:7523:1-${port}`,
      transport: 'hid',
      name: 'Twin scanner',
      model: 'Twin scanner',
      portPath: `usb 1-${port}`,
      state: 'ready',
      enabled: true,
      isService: false,
      serial: null,
    })),
    {
      readerId: '0c2e:0901:S7',
      transport: 'hid',
      name: 'Xenon 1900',
      model: 'Xenon 1900',
      family: 'Honeywell',
      portPath: 'usb 1-4',
      programmingCode: 'PAP131.',
      state: 'absent',
      code: 'keyboard_mode',
      fix: 'Scan the code "USB HID POS" (PAP131) in the scanner’s manual, or from the manager’s screen.',
      enabled: true,
      isService: false,
      serial: null,
    },
    {
      readerId: 'pcsc',
      transport: 'pcsc',
      name: 'PC/SC',
      model: 'PC/SC',
      state: 'error',
      code: 'pcscd_not_running',
      fix: 'Start the smart card service: sudo systemctl enable --now pcscd.socket (if it is not installed: sudo apt-get install pcscd). The counter notices by itself.',
      enabled: true,
      isService: true,
      serial: null,
    },
    {
      readerId: 'hid',
      transport: 'hid',
      name: 'USB scanners',
      model: 'USB scanners',
      state: 'absent',
      code: 'native_library_missing',
      fix: 'Install the system library and start the counter again: sudo apt-get install libudev1 libusb-1.0-0',
      enabled: true,
      isService: true,
      serial: null,
    },
  ],
  wedge: { layout: 'us' },
  pcsc: {},
  ports: null,
  detection: null,
  identify: null,
  test: null,
  calibration: null,
  indicated: null,
})

export const PORTS: ReaderSetup['ports'] = {
  listing: false,
  list: [
    {
      path: '/dev/serial/by-id/usb-Honeywell_Imaging-if00',
      name: 'Honeywell 1900',
      accessible: true,
      preset: 'usb-cdc',
    },
    {
      path: '/dev/ttyUSB0',
      name: 'FTDI FT232R USB UART',
      vendorId: '0403',
      productId: '6001',
      accessible: false,
      fix: 'This user may not open the port: sudo usermod -aG dialout kiosk, then sign in again.',
    },
  ],
}

const TESTED: ReaderSetup['test'] = {
  readerId: 'wedge',
  reads: [
    {
      readerId: 'wedge',
      at: Date.now(),
      hex: 'Digit2 ·· ··\nEnter',
      text: '9999999999999',
      symbology: 'ean13',
      mediumType: 'barcode',
    },
    { readerId: 'wedge', at: Date.now() - 4_000, hex: '·· ·· 0d', text: 'aa-99', reason: 'medium_unreadable' },
  ],
}

/** Moments of the setup: which reader is looked at (a button's name), and what else is going on. */
export const MOMENTS: Record<string, { readonly choose: string | null; readonly setup: Partial<ReaderSetup> }> = {
  'a card reader': {
    choose: 'Left till',
    setup: { indicated: { readerId: 'ACS ACR122U PICC Interface 00 00', done: false } },
  },
  'no permission': { choose: 'Voyager 1472g', setup: {} },
  'a serial scanner that is gone': { choose: 'Desk', setup: {} },
  'a live test': { choose: 'Keyboard scanner', setup: { test: TESTED } },
  calibrating: {
    choose: 'Keyboard scanner',
    setup: { calibration: { status: 'waiting', layout: null, gs: false } },
  },
  calibrated: { choose: 'Keyboard scanner', setup: { calibration: { status: 'done', layout: 'jp', gs: false } } },
  'a service that does not run': { choose: 'PC/SC', setup: {} },
  'what is read of cards': {
    choose: 'PC/SC',
    setup: { pcsc: { aids: ['f0545041434f', 'd2760000850101'], ndef: true, felicaSystemCode: false } },
  },
  'a scanner that is a keyboard': { choose: 'Xenon 1900', setup: {} },
  'one of two that are the same': { choose: 'Twin scanner', setup: {} },
  'a search for settings': {
    choose: 'Desk',
    setup: {
      detection: {
        path: '/dev/serial/by-id/usb-Symbol_Technologies_Inc__2002_Symbol_Bar_Code_Scanner-if00',
        status: 'waiting',
        preset: null,
      },
    },
  },
  identifying: { choose: null, setup: { identify: { readerId: null } } },
}

export const withSetup = (setup: Partial<ReaderSetup> = {}): Partial<CounterState> => ({
  readerSetup: { ...SETUP, ...setup },
  operators: [
    { operatorId: 'o1', name: 'Rin Takeda', manages: false },
    { operatorId: 'o3', name: 'Kaori Mizuno', manages: true },
    { operatorId: 'o7', name: 'Emi Kuroda', manages: true },
  ],
})
