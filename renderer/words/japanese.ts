import cashier from '../../resources/locales/ja/cashier.json' with { type: 'json' }
import counter from '../../resources/locales/ja/counter.json' with { type: 'json' }
import customer from '../../resources/locales/ja/customer.json' with { type: 'json' }
import day from '../../resources/locales/ja/day.json' with { type: 'json' }
import display from '../../resources/locales/ja/display.json' with { type: 'json' }
import firstRun from '../../resources/locales/ja/firstRun.json' with { type: 'json' }
import kiosk from '../../resources/locales/ja/kiosk.json' with { type: 'json' }
import offline from '../../resources/locales/ja/offline.json' with { type: 'json' }
import readerSetup from '../../resources/locales/ja/readerSetup.json' with { type: 'json' }
import readers from '../../resources/locales/ja/readers.json' with { type: 'json' }
import reasons from '../../resources/locales/ja/reasons.json' with { type: 'json' }
import settings from '../../resources/locales/ja/settings.json' with { type: 'json' }
import simulator from '../../resources/locales/ja/simulator.json' with { type: 'json' }
import slip from '../../resources/locales/ja/slip.json' with { type: 'json' }

/** The same in Japanese. */
export const JAPANESE = {
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
