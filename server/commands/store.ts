import { parseArgs } from 'node:util'
import { StationSettings } from '../../core/contract/stations.ts'
import { Store } from '../../core/objective.ts'
import { BY_COMMAND } from '../audit/entry.ts'
import type { CouponStore } from '../store/couponStore.ts'

/** `store add`: makes a store with the usual settings, or changes one and keeps its own. Answers the line to print. */
export async function storeCommand(args: readonly string[], store: CouponStore, now: number): Promise<object> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      database: { type: 'string' },
      name: { type: 'string' },
      'time-zone': { type: 'string' },
      currency: { type: 'string' },
      'day-starts': { type: 'string', default: '0' },
      'raw-media': { type: 'boolean', default: false },
    },
  })
  const [verb, storeId, ...more] = positionals
  if (verb !== 'add' || more.length > 0) throw new Error('store add takes one id; see --help')
  const parsed = Store.safeParse({
    storeId,
    name: values.name,
    timeZone: values['time-zone'],
    currency: values.currency,
    businessDayStartHour: Number(values['day-starts']),
  })
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw new Error(`store add: ${issue?.path.join('.')}: ${issue?.message}`)
  }
  const [before] = await store.stores({ storeId: parsed.data.storeId })
  const settings = before?.settings ?? StationSettings.parse({})
  await store.putStore({ store: parsed.data, settings, acceptsRawMedia: values['raw-media'] }, { by: BY_COMMAND, now })
  return { store: parsed.data }
}
