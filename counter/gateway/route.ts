import type { paths } from '../../core/contract/generated/api.ts'

type Method = 'GET' | 'POST'

/** Paths that the server describes with a method: one that disappears there breaks the type check here. */
export type PathWith<M extends Method> = {
  [Path in keyof paths]: paths[Path] extends Record<Lowercase<M>, { responses: unknown }> ? Path : never
}[keyof paths]

/** A route of the server's description, its path filled in. */
export function route<M extends Method, Path extends PathWith<M>>(
  method: M,
  path: Path,
  ids: Readonly<Record<string, string>> = {},
): { readonly method: M; readonly path: string } {
  return { method, path: path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(ids[name] ?? '')) }
}
