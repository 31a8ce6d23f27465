import cashier from '../../resources/locales/de/cashier.json' with { type: 'json' }
import counter from '../../resources/locales/de/counter.json' with { type: 'json' }
import customer from '../../resources/locales/de/customer.json' with { type: 'json' }
import day from '../../resources/locales/de/day.json' with { type: 'json' }
import display from '../../resources/locales/de/display.json' with { type: 'json' }
import firstRun from '../../resources/locales/de/firstRun.json' with { type: 'json' }
import kiosk from '../../resources/locales/de/kiosk.json' with { type: 'json' }
import offline from '../../resources/locales/de/offline.json' with { type: 'json' }
import readerSetup from '../../resources/locales/de/readerSetup.json' with { type: 'json' }
import readers from '../../resources/locales/de/readers.json' with { type: 'json' }
import reasons from '../../resources/locales/de/reasons.json' with { type: 'json' }
import settings from '../../resources/locales/de/settings.json' with { type: 'json' }
import simulator from '../../resources/locales/de/simulator.json' with { type: 'json' }
import slip from '../../resources/locales/de/slip.json' with { type: 'json' }

/** The same in German. */
export const GERMAN = {
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
