import cashier from '../../resources/locales/ar/cashier.json' with { type: 'json' }
import counter from '../../resources/locales/ar/counter.json' with { type: 'json' }
import customer from '../../resources/locales/ar/customer.json' with { type: 'json' }
import display from '../../resources/locales/ar/display.json' with { type: 'json' }
import kiosk from '../../resources/locales/ar/kiosk.json' with { type: 'json' }
import readers from '../../resources/locales/ar/readers.json' with { type: 'json' }
import reasons from '../../resources/locales/ar/reasons.json' with { type: 'json' }
import simulator from '../../resources/locales/ar/simulator.json' with { type: 'json' }
import slip from '../../resources/locales/ar/slip.json' with { type: 'json' }

/** Arabic, written from right to left, for the cashier and the customer; managers' screens are in English then. */
export const ARABIC = { ...counter, cashier, customer, display, kiosk, readers, reasons, simulator, slip }
