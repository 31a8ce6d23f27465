import { LINES_BY_INDEX, LINES_OF_HOLDER } from '../../sqlite/linesOfHolder.ts'

/** A statement as PostgreSQL takes it, and how its values are found among those that SQLite's form is given. */
export interface Translated {
  readonly text: string
  /** In order: the name of a value, or its number from 0. */
  readonly parameters: readonly (string | number)[]
}

/** What may stand in quotes, or be a parameter. */
const TOKENS = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\?|@[A-Za-z]\w*/g

/** Written differently in the two. Both sides of each are plain SQL; anything else is written so that both take it. */
const SPELLED: readonly (readonly [RegExp, string])[] = [
  [/\b(\w+(?:\.\w+)?) ->> '/g, "$1::JSONB ->> '"],
  [/\biif\(([^(),]+), ([^(),]+), ([^(),]+)\)/g, 'CASE WHEN $1 THEN $2 ELSE $3 END'],
  [/\bzeroblob\((\d+)\)/g, "decode(repeat('00', $1), 'hex')"],
  // Its planner needs no word about which index.
  [/ INDEXED BY \w+/g, ''],
  [/\(SELECT value FROM json_each\((\$\d+)\)\)/g, '(SELECT jsonb_array_elements_text($1::JSONB))'],
  [/\bjson_extract\((\w+), '\$\.(\w+)'\)/g, "($1::JSONB ->> '$2')"],
  [/\bmax\(([^(),]+),([^(),]+)\)/g, 'greatest($1,$2)'],
  [/\bmin\(([^(),]+),([^(),]+)\)/g, 'least($1,$2)'],
  [/\binstr\(/g, 'strpos('],
  // Folded to lower case unless quoted.
  [/\bAS ([a-z]+[A-Z]\w*)/g, 'AS "$1"'],
]

/** SQL that was written for SQLite, for PostgreSQL: the same statement. */
export function translate(sqlite: string): Translated {
  const parameters: (string | number)[] = []
  let questions = 0
  const numbered = sqlite.replace(LINES_OF_HOLDER, LINES_BY_INDEX).replace(TOKENS, (token) => {
    if (token === '?') return `$${parameters.push(questions++)}`
    if (!token.startsWith('@')) return token
    const name = token.slice(1)
    const before = parameters.indexOf(name)
    return `$${before === -1 ? parameters.push(name) : before + 1}`
  })
  const spelled = SPELLED.reduce((sql, [pattern, replacement]) => sql.replace(pattern, replacement), numbered)
  return { text: qualified(spelled), parameters }
}

/** What an upsert says of a column is of the row that is there already, which PostgreSQL wants to be told. */
function qualified(sql: string): string {
  const insert = /INSERT INTO (\w+) \(([^)]*)\)/.exec(sql)
  const update = sql.indexOf('DO UPDATE SET')
  if (!insert || update === -1) return sql
  const [, table = '', columns = ''] = insert
  const names = columns.split(',').map((name) => name.trim())
  const bare = new RegExp(`(?<![.\\w])(${names.join('|')})\\b(?!\\s*=(?!=))`, 'g')
  return sql.slice(0, update) + sql.slice(update).replace(bare, `${table}.$1`)
}

/** Whether a value is null is said in the text: of a value that is only asked that, PostgreSQL cannot tell the type. */
export function textFor({ text }: Translated, values: readonly unknown[]): string {
  return text.replace(/\$(\d+) IS (NOT )?NULL/g, (asked, number: string, not: string | undefined) => {
    const isOnlyAsked = text.match(new RegExp(`\\$${number}\\b`, 'g'))?.length === 1
    if (isOnlyAsked) return asked.replace(' ', '::TEXT ')
    return ((values[Number(number) - 1] ?? null) === null) === (not === undefined) ? 'TRUE' : 'FALSE'
  })
}

/** The values of one call in the order of the parameters. */
export function valuesOf({ parameters }: Translated, given: readonly unknown[]): readonly unknown[] {
  const [first] = given
  const named = typeof first === 'object' && first !== null && !(first instanceof Uint8Array) && !Array.isArray(first)
  const positional = (named ? given.slice(1) : given).flat()
  return parameters.map((parameter) =>
    typeof parameter === 'number'
      ? positional[parameter]
      : named
        ? (first as Record<string, unknown>)[parameter]
        : null,
  )
}
