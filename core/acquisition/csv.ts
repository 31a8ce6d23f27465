import { Uuid7 } from '../ids.ts'
import { MediumType, type RawMedium } from '../media/medium.ts'
import { accepted, type Outcome, refused } from '../outcome.ts'

/** What may stand in the header of a list of acquisitions. */
const COLUMNS = ['type', 'identifier', 'holder_id', 'campaign_id'] as const
type Column = (typeof COLUMNS)[number]
const isColumn = (name: string): name is Column => (COLUMNS as readonly string[]).includes(name)

/** What the file of bad lines says beside them (`badLinesOf`): passed over, so that it can be corrected and come back. */
export const PASSED_OVER = ['row', 'reason'] as const
const isPassedOver = (name: string): boolean => (PASSED_OVER as readonly string[]).includes(name)

/** What is wrong with a header, by name. */
export const HEADER_FAULTS = [
  'quote_not_closed',
  'unknown_column',
  'column_twice',
  'type_and_identifier',
  'nobody_named',
  'no_campaign',
] as const
export type HeaderFault = (typeof HEADER_FAULTS)[number]
export interface HeaderRefusal {
  readonly fault: HeaderFault
  readonly message: string
}

/** Where each column stands in a row; null: not in the file. */
export type Columns = Readonly<Record<Column, number | null>> & { readonly count: number }

/** Why a line could not even be read; a row that was read may be refused for any of `core/reasonCodes` besides. */
export const ROW_FAULTS = [
  'wrong_number_of_fields',
  'quote_not_closed',
  'unknown_medium_type',
  'no_identifier',
  'no_such_holder',
  'no_such_campaign',
] as const
export type RowFault = (typeof ROW_FAULTS)[number]

export interface AcquisitionRow {
  readonly to: { readonly medium: RawMedium } | { readonly holderId: string }
  readonly campaignId: string
}

/** One line by RFC 4180, `,` or `;` or tab between fields; null: a quotation mark is not closed where the line ends. */
export function splitLine(line: string, separator: string): string[] | null {
  const fields: string[] = []
  let at = 0
  const text = line.replace(/\r$/, '')
  while (true) {
    if (text[at] !== '"') {
      const end = text.indexOf(separator, at)
      fields.push(text.slice(at, end < 0 ? undefined : end).trim())
      if (end < 0) return fields
      at = end + 1
      continue
    }
    let field = ''
    let close = text.indexOf('"', at + 1)
    let from = at + 1
    while (close >= 0 && text[close + 1] === '"') {
      field += text.slice(from, close + 1)
      from = close + 2
      close = text.indexOf('"', from)
    }
    if (close < 0) return null
    fields.push(field + text.slice(from, close))
    if (close + 1 >= text.length) return fields
    if (text[close + 1] !== separator) return null
    at = close + 2
  }
}

/** The separator that a header is written with. */
export const separatorOf = (header: string): string =>
  [',', ';', '\t'].find((separator) => header.includes(separator)) ?? ','

/**
 * Reads the first line of a list. Refused in words: an unknown or repeated column, neither `identifier` with `type` nor
 * `holder_id`, or no `campaign_id` where no campaign is given for all.
 */
export function readHeader(header: string, hasCampaign: boolean): Outcome<Columns, HeaderRefusal> {
  const names = splitLine(header.replace(/^\uFEFF/, ''), separatorOf(header))?.map((name) => name.toLowerCase())
  const no = (fault: HeaderFault, message: string) => refused({ fault, message })
  if (!names) return no('quote_not_closed', 'the header has a quotation mark that is not closed')
  const unknown = names.findIndex((name) => !isColumn(name) && !isPassedOver(name))
  if (unknown >= 0) return no('unknown_column', `column ${unknown + 1} is none of ${COLUMNS.join(', ')}`)
  if (new Set(names).size !== names.length) return no('column_twice', 'a column is there twice')
  const place = (column: Column): number | null => (names.includes(column) ? names.indexOf(column) : null)
  const columns = {
    type: place('type'),
    identifier: place('identifier'),
    holder_id: place('holder_id'),
    campaign_id: place('campaign_id'),
    count: names.length,
  }
  if ((columns.type === null) !== (columns.identifier === null)) {
    return no('type_and_identifier', 'type and identifier go together')
  }
  if (columns.identifier === null && columns.holder_id === null) {
    return no('nobody_named', 'there must be type and identifier, or holder_id')
  }
  if (columns.campaign_id === null && !hasCampaign) {
    return no('no_campaign', 'there must be campaign_id, or one campaign for all rows')
  }
  return accepted(columns)
}

/** Reads one row. A fault is a name and nothing of the row. `campaignId`: of every row that names none. */
export function readRow(
  line: string,
  columns: Columns,
  separator: string,
  campaignId: string | null,
): Outcome<AcquisitionRow, { readonly fault: RowFault }> {
  const fields = splitLine(line, separator)
  if (!fields) return refused({ fault: 'quote_not_closed' })
  if (fields.length !== columns.count) return refused({ fault: 'wrong_number_of_fields' })
  const field = (column: Column): string => {
    const place = columns[column]
    return place === null ? '' : (fields[place] ?? '')
  }
  const campaign = Uuid7.safeParse(field('campaign_id') || campaignId)
  if (!campaign.success) return refused({ fault: 'no_such_campaign' })
  const holderId = field('holder_id')
  if (holderId !== '') {
    const known = Uuid7.safeParse(holderId)
    return known.success
      ? accepted({ to: { holderId: known.data }, campaignId: campaign.data })
      : refused({ fault: 'no_such_holder' })
  }
  const identifier = field('identifier')
  if (identifier === '') return refused({ fault: 'no_identifier' })
  const type = MediumType.safeParse(field('type'))
  if (!type.success) return refused({ fault: 'unknown_medium_type' })
  return accepted({ to: { medium: { type: type.data, identifier } }, campaignId: campaign.data })
}
