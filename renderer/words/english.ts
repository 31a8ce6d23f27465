import cashier from '../../resources/locales/en/cashier.json' with { type: 'json' }
import counter from '../../resources/locales/en/counter.json' with { type: 'json' }
import customer from '../../resources/locales/en/customer.json' with { type: 'json' }
import day from '../../resources/locales/en/day.json' with { type: 'json' }
import display from '../../resources/locales/en/display.json' with { type: 'json' }
import firstRun from '../../resources/locales/en/firstRun.json' with { type: 'json' }
import kiosk from '../../resources/locales/en/kiosk.json' with { type: 'json' }
import offline from '../../resources/locales/en/offline.json' with { type: 'json' }
import readerSetup from '../../resources/locales/en/readerSetup.json' with { type: 'json' }
import readers from '../../resources/locales/en/readers.json' with { type: 'json' }
import reasons from '../../resources/locales/en/reasons.json' with { type: 'json' }
import settings from '../../resources/locales/en/settings.json' with { type: 'json' }
import simulator from '../../resources/locales/en/simulator.json' with { type: 'json' }
import slip from '../../resources/locales/en/slip.json' with { type: 'json' }

/** The words of a counter and of a customer's screens in English, from which every other language is made. */
export const ENGLISH = {
  ...counter,
  cashier,
  customer,
  day,
  display,
  firstRun,
  kiosk,
  offline,
  readers,
  readerSetup,
  reasons,
  settings,
  simulator,
  slip,
}
