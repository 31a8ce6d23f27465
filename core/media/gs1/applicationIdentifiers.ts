/** One component of an element's value. Only the last one of a format varies in length or may be left out. */
interface Component {
  /** `n` digits, `x` GS1's 82 characters, `y` its 39, `z` base64url. */
  readonly characters: 'n' | 'x' | 'y' | 'z'
  readonly min: number
  readonly max: number
  readonly check: Check | null
  readonly optional: boolean
}

/**
 * `digit`: the last digit is the mod-10 check digit. `pair`: the last two characters are the check pair of a GMN.
 * `yymmd0`: a date whose day may be 00 (the whole month). `yymmdd`, `yyyymmdd`: a day.
 */
export type Check = 'digit' | 'pair' | 'yymmd0' | 'yymmdd' | 'yyyymmdd'

/** A GS1 Application Identifier and the format of its value. */
export interface ApplicationIdentifier {
  readonly ai: string
  readonly components: readonly Component[]
  /** Always the same number of characters: the value ends without a separator. */
  readonly fixed: boolean
}

/**
 * Every Application Identifier of the GS1 General Specifications (release 26, figures 3.2-1 and following; facts
 * compared with GS1's Barcode Syntax Dictionary of 2026-01-27), by the format of its value: a class of characters and
 * a length, exact (`n6`) or at most (`x..20`), then a check; components in square brackets may be left out.
 */
const BY_FORMAT: readonly (readonly [format: string, ais: string])[] = [
  ['n18:digit', '00 8017 8018'],
  ['n14:digit', '01 02 03'],
  ['n13:digit', '410-417'],
  ['n17:digit', '402'],
  ['n14:digit n4', '8006 8026'],
  ['n13:digit [n..12]', '255'],
  ['n13:digit [x..17]', '253'],
  ['n1 n13:digit [x..16]', '8003'],
  ['x..25:pair', '8013 8014'],
  ['n6:yymmd0', '11 12 13 15 16 17'],
  ['n6:yymmdd', '4326 7006'],
  ['n6:yymmd0 n4', '4324 4325'],
  ['n6:yymmdd n4', '7003'],
  ['n6:yymmdd [n6:yymmdd]', '7007'],
  ['n6:yymmdd [n4]', '7011'],
  ['n6:yymmdd n2 [n2] [n2]', '8008'],
  ['n8:yyyymmdd', '7250'],
  ['n8:yyyymmdd n4', '7251'],
  ['n1', '4321-4323 7252'],
  ['n2', '20 7241'],
  ['n3', '422 424 426'],
  ['n4', '3940-3943 8111'],
  ['n6', '8005 3950-3955'],
  ['n6', '3100-3105 3110-3115 3120-3125 3130-3135 3140-3145 3150-3155 3160-3165'],
  ['n6', '3200-3205 3210-3215 3220-3225 3230-3235 3240-3245 3250-3255 3260-3265 3270-3275 3280-3285 3290-3295'],
  ['n6', '3300-3305 3310-3315 3320-3325 3330-3335 3340-3345 3350-3355 3360-3365 3370-3375'],
  ['n6', '3400-3405 3410-3415 3420-3425 3430-3435 3440-3445 3450-3455 3460-3465 3470-3475 3480-3485 3490-3495'],
  ['n6', '3500-3505 3510-3515 3520-3525 3530-3535 3540-3545 3550-3555 3560-3565 3570-3575'],
  ['n6', '3600-3605 3610-3615 3620-3625 3630-3635 3640-3645 3650-3655 3660-3665 3670-3675 3680-3685 3690-3695'],
  ['n6 [x1]', '4330-4333'],
  ['n13', '7001'],
  ['n4 n5 n3 n1 n1', '8001'],
  ['n15', '8040 8041'],
  ['n18 [n..2]', '8043'],
  ['n32', '8042'],
  ['n10 n10', '4309'],
  ['n3 [n3] [n3] [n3] [n3]', '423 425'],
  ['n3 n..15', '3910-3919 3930-3939'],
  ['n..4', '7004'],
  ['n..6', '242'],
  ['n..8', '30 37'],
  ['n..10', '8019'],
  ['n..12', '8011'],
  ['n..15', '3900-3909 3920-3929'],
  ['n1 x1 x1 x1', '7040'],
  ['n3 x..9', '421'],
  ['n3 x..27', '7030-7039'],
  ['x2', '4307 4317'],
  ['x3', '7258'],
  ['x2 x..28', '7230-7239'],
  ['x..2', '7010'],
  ['x..3', '427 7008'],
  ['x..4', '7041'],
  ['x..10', '7009 7255'],
  ['x..12', '7005'],
  ['x..20', '10 21 22 243 254 420 4318 710-717 7020-7022 7240 8002 8012'],
  ['x..25', '7242 8020'],
  ['x..28', '235'],
  ['x..30', '240 241 250 251 400 401 403 4308 4319 7002 7023 8004 90'],
  ['x..34', '8007'],
  ['x..35', '4300 4301 4310 4311 4320'],
  ['x..40', '7253 7254 7259'],
  ['x..50', '8009'],
  ['x..70', '4302-4306 4312-4316 7257 8110 8112 8200'],
  ['x..90', '7256 91-99'],
  ['y..30', '8010'],
  ['z..90', '8030'],
]

const TABLE = new Map<string, ApplicationIdentifier>(
  BY_FORMAT.flatMap(([format, ais]) => {
    const components = format.split(' ').map(componentOf)
    const fixed = components.every(({ min, max, optional }) => min === max && !optional)
    return ais
      .split(' ')
      .flatMap(expanded)
      .map((ai) => [ai, { ai, components, fixed }] as const)
  }),
)

/** Every known AI, for tests and for choosing one in a form. */
export const APPLICATION_IDENTIFIERS: readonly string[] = [...TABLE.keys()].sort()

/** The AI of these digits; null when GS1 has assigned none. */
export function applicationIdentifier(ai: string): ApplicationIdentifier | null {
  return TABLE.get(ai) ?? null
}

/** The AI at this place of an element string. No AI begins like a longer one, so the first that fits is the one. */
export function applicationIdentifierAt(data: string, at: number): ApplicationIdentifier | null {
  for (let length = 2; length <= 4; length += 1) {
    const found = TABLE.get(data.slice(at, at + length))
    if (found && found.ai.length === length) return found
  }
  return null
}

function componentOf(text: string): Component {
  const match = /^(\[?)([nxyz])(\.\.)?(\d+)(?::(\w+))?\]?$/.exec(text)
  if (!match) throw new Error(`no format: ${text}`)
  const [, bracket, characters, upTo, count, check] = match
  return {
    characters: characters as Component['characters'],
    min: upTo ? 1 : Number(count),
    max: Number(count),
    check: (check as Check | undefined) ?? null,
    optional: bracket === '[',
  }
}

/** `310-312` → 310, 311, 312. */
function expanded(range: string): string[] {
  const [first = '', last = first] = range.split('-')
  return Array.from({ length: Number(last) - Number(first) + 1 }, (_, index) =>
    String(Number(first) + index).padStart(first.length, '0'),
  )
}
