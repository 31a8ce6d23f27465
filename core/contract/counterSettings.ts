import { z } from 'zod'
import type { OperatorRole } from './sessions.ts'

/** Kinds of readers that a counter may take reads from. */
export const READER_KINDS = ['pcsc', 'hid', 'serial', 'wedge'] as const

/** A printer for slips in the network; other ones are set up at the machine itself. */
export const SlipPrinter = z.object({
  host: z.string().regex(/^[\w.:-]{1,253}$/),
  port: z.int().min(1).max(65_535),
  /** Characters of one line in the printer's own font; 32 on 58 mm paper, 42 or 48 on 80 mm. */
  columns: z.int().min(24).max(64),
})
export type SlipPrinter = z.infer<typeof SlipPrinter>

const shape = {
  /** What the screen speaks until a cashier chooses; `machine`: as the machine does. */
  language: z.enum(['machine', 'en', 'ja', 'de', 'ar']),
  theme: z.enum(['system', 'light', 'dark']),
  /** Of the sounds, percent; 0: silent. */
  volume: z.int().min(0).max(100),
  oneTap: z.boolean(),
  /** How long nobody has to have been at the sign-in for the screen to go dark. */
  idleSeconds: z.int().min(15).max(3_600),
  /** Whether slips are offered after an approval. */
  slips: z.boolean(),
  /** null: the one that the machine was set up with. */
  printer: SlipPrinter.nullable(),
  /** Whether customers have a screen of their own. */
  customerDisplay: z.boolean(),
  /** Categories of the quick entry, in this order; null: all. */
  categories: z.array(z.string().min(1).max(64)).max(40).nullable(),
  /** Kinds of readers whose reads count. */
  readers: z.array(z.enum(READER_KINDS)).max(READER_KINDS.length),
}

export const SETTING_NAMES = [
  'language',
  'theme',
  'volume',
  'oneTap',
  'idleSeconds',
  'slips',
  'printer',
  'customerDisplay',
  'categories',
  'readers',
] as const satisfies readonly (keyof typeof shape)[]
export const SettingName = z.enum(SETTING_NAMES)
export type SettingName = z.infer<typeof SettingName>

/** All settings of a counter's screen; one that an older server does not know has its usual value. */
export const CounterValues = z.object({
  language: shape.language.default('machine'),
  theme: shape.theme.default('system'),
  volume: shape.volume.default(100),
  oneTap: shape.oneTap.default(false),
  idleSeconds: shape.idleSeconds.default(180),
  slips: shape.slips.default(true),
  printer: shape.printer.default(null),
  customerDisplay: shape.customerDisplay.default(true),
  categories: shape.categories.default(null),
  readers: shape.readers.default([...READER_KINDS]),
})
export type CounterValues = z.infer<typeof CounterValues>

/** Some of them. A name that is unknown here is an error: nobody would read it. */
export const SomeValues = z.strictObject(shape).partial()
export type SomeValues = z.infer<typeof SomeValues>

/** As a station gets them: its store's, with its own difference. */
export const CounterSettings = z.object({
  /** `3`: the store's third version; `3.2`: with the second version of the station's difference. */
  version: z.string().max(24).default('0'),
  values: CounterValues.default(() => CounterValues.parse({})),
  /** Fixed by the office; the others may be changed at the counter. Names that are unknown here concern nobody here. */
  fixed: z.array(z.string().max(32)).max(64).default([]),
})
export type CounterSettings = z.infer<typeof CounterSettings>

/** What differs at one station. `marks`: settings that are fixed or free there, other than in the store. */
export const StationDifference = z.object({
  version: z.int().min(0).default(0),
  values: SomeValues.default({}),
  marks: z.partialRecord(SettingName, z.enum(['fixed', 'free'])).default({}),
})
export type StationDifference = z.infer<typeof StationDifference>

/** A station's settings: the store's, and over them its difference. */
export function settingsAt(store: CounterSettings, { version, values, marks }: StationDifference): CounterSettings {
  if (version === 0) return store
  const fixed = SETTING_NAMES.filter((name) =>
    marks[name] === undefined ? store.fixed.includes(name) : marks[name] === 'fixed',
  )
  return { version: `${store.version}.${version}`, values: { ...store.values, ...values }, fixed }
}

/** Which of these settings have another value; compared as JSON. */
export function changedSettings(before: SomeValues, after: SomeValues): readonly SettingName[] {
  return SETTING_NAMES.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
}

/**
 * The settings that this role may not change so at a station: a manager changes values that their store leaves free there, and
 * no marks; an admin everything. Empty: it is theirs to change.
 */
export function notTheirs(
  role: OperatorRole,
  store: CounterSettings,
  before: StationDifference,
  after: Omit<StationDifference, 'version'>,
): readonly SettingName[] {
  if (role === 'admin') return []
  const { fixed } = settingsAt(store, { ...before, version: 1 })
  const changed = changedSettings(before.values, after.values)
  return SETTING_NAMES.filter(
    (name) => before.marks[name] !== after.marks[name] || (changed.includes(name) && fixed.includes(name)),
  )
}

const Changed = {
  /** Who set this version, as they are called today; null: it has never been set, or their name is not known any more. */
  by: z.string().nullable(),
  at: z.iso.datetime().nullable(),
}

/** `GET /v1/stores/{id}/settings`: what its counters go by. */
export const StoreSettings = z.object({
  storeId: z.string(),
  /** Of the store's own document. */
  version: z.int(),
  values: CounterValues,
  fixed: z.array(SettingName),
  ...Changed,
  stations: z.array(
    z.object({
      stationId: z.string(),
      name: z.string(),
      difference: StationDifference,
      ...Changed,
      /** What it should go by, and what it said last that it does; null: it has not said. */
      version: z.string(),
      hasVersion: z.string().nullable(),
    }),
  ),
})
export type StoreSettings = z.infer<typeof StoreSettings>

/** `POST /v1/stores/{id}/settings`. `basedOn`: the version that was looked at; 409 when there is a newer one. */
export const StoreSettingsRequest = z.object({
  basedOn: z.int().min(0),
  values: SomeValues.required(),
  fixed: z.array(SettingName).max(SETTING_NAMES.length),
})
export type StoreSettingsRequest = z.infer<typeof StoreSettingsRequest>

/** `POST /v1/stations/{id}/settings`. */
export const StationSettingsRequest = StationDifference.omit({ version: true }).extend({ basedOn: z.int().min(0) })
export type StationSettingsRequest = z.infer<typeof StationSettingsRequest>

/** The header in which a station says which version of its settings it goes by. */
export const SETTINGS_HEADER = 'tapcoupon-settings'

export const settingsHeader = (version: string | null): Record<string, string> =>
  version === null ? {} : { [SETTINGS_HEADER]: version }
