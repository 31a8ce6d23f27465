import type { Journey } from '../rig/journey.ts'
import { CARDS_THAT_GIVE_NOTHING } from './cardsThatGiveNothing.ts'
import { HEAD_OFFICE } from './headOffice.ts'
import { KIOSK } from './kiosk.ts'
import { PEOPLE } from './people.ts'
import { REGISTER } from './register.ts'
import { SERVING } from './serving.ts'
import { WITHOUT_SERVER } from './withoutServer.ts'

export const JOURNEYS: readonly Journey[] = [
  ...SERVING,
  ...CARDS_THAT_GIVE_NOTHING,
  ...PEOPLE,
  ...WITHOUT_SERVER,
  ...REGISTER,
  ...KIOSK,
  ...HEAD_OFFICE,
]

/** What every language is tried with, also those that not every screen has. */
export const SMOKE = journeysNamed('tap-and-approve', 'card-blocked', 'wrong-pin')

/** What `npm test` walks: a few of those that are quickest, in English. */
export const SHORT = journeysNamed('tap-and-approve', 'refused-stack-and-best-remaining', 'card-blocked', 'wrong-pin')

function journeysNamed(...names: readonly string[]): readonly Journey[] {
  return names.map((wanted) => {
    const journey = JOURNEYS.find(({ name }) => name === wanted)
    if (!journey) throw new Error(`there is no journey ${wanted}`)
    return journey
  })
}
