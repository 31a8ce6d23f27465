import { invalidRequest } from '../problems.ts'

/** A place in a list as it travels: opaque to callers, so that it may become something else. */
export function listCursor(parts: readonly (string | number)[]): string {
  return Buffer.from(`l1:${parts.join(':')}`, 'utf8').toString('base64url')
}

/** The parts of a cursor of ours, as many as `patterns` and each of its form; anything else is 400. */
export function placeInList(cursor: string | undefined, patterns: readonly RegExp[]): readonly string[] | null {
  if (cursor === undefined) return null
  const [version, ...parts] = Buffer.from(cursor, 'base64url').toString('utf8').split(':')
  const fits = version === 'l1' && parts.length === patterns.length
  if (!fits || !patterns.every((pattern, index) => pattern.test(parts[index] ?? ''))) {
    throw invalidRequest('the cursor is not one of ours')
  }
  return parts
}

export const NUMBER = /^\d{1,15}$/
export const UUID = /^[0-9a-f-]{36}$/

/** A page of what was read, one more than `limit` where there are more, and the cursor of the last shown. */
export function pageOf<Item>(
  found: readonly Item[],
  limit: number,
  place: (last: Item) => readonly (string | number)[],
): { readonly shown: readonly Item[]; readonly cursor: string | null } {
  const shown = found.slice(0, limit)
  const last = shown.at(-1)
  return { shown, cursor: found.length > limit && last !== undefined ? listCursor(place(last)) : null }
}
