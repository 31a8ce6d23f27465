import { describe } from 'vitest'
import { acquiring } from './couponStore/acquiring.ts'
import { changeFeed } from './couponStore/changeFeed.ts'
import { conflictLists } from './couponStore/conflictLists.ts'
import { conflicts } from './couponStore/conflicts.ts'
import { copies } from './couponStore/copies.ts'
import { customers } from './couponStore/customers.ts'
import { deciding } from './couponStore/deciding.ts'
import { drawing } from './couponStore/drawing.ts'
import { journal } from './couponStore/journal.ts'
import { keeping } from './couponStore/keeping.ts'
import { lending } from './couponStore/lending.ts'
import { notices } from './couponStore/notices.ts'
import { people } from './couponStore/people.ts'
import { settings } from './couponStore/settings.ts'
import { settlement } from './couponStore/settlement.ts'
import { stations } from './couponStore/stations.ts'
import { undoing } from './couponStore/undoing.ts'
import { usedByHolder } from './couponStore/usedByHolder.ts'
import { webhooks } from './couponStore/webhooks.ts'
import type { MakeStore } from './couponStore/world.ts'

/** What every adapter of `CouponStore` promises, by subject. */
const SUBJECTS = {
  acquiring,
  changeFeed,
  conflictLists,
  conflicts,
  copies,
  customers,
  deciding,
  drawing,
  journal,
  keeping,
  lending,
  notices,
  people,
  settings,
  settlement,
  stations,
  undoing,
  usedByHolder,
  webhooks,
}

export type Subject = keyof typeof SUBJECTS

/** `make`: a new database for each test, which can be opened several times. `subjects`: by default all of them. */
export function couponStoreContract(
  name: string,
  make: MakeStore,
  subjects: readonly Subject[] = Object.keys(SUBJECTS) as Subject[],
): void {
  describe(`CouponStore on ${name}`, () => {
    for (const subject of subjects) describe(subject, () => SUBJECTS[subject](make))
  })
}
