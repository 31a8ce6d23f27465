/** The result of something that may be refused: a value, or an error that names itself. Exceptions are for bugs. */
export type Outcome<Value, Refusal> = { readonly ok: true; readonly value: Value } | ({ readonly ok: false } & Refusal)

/** Wraps a success. */
export const accepted = <Value>(value: Value): { readonly ok: true; readonly value: Value } => ({ ok: true, value })

/** Wraps a refusal; its fields (a `reason`, usually `params`) stand beside `ok`. */
export const refused = <Refusal extends object>(refusal: Refusal): { readonly ok: false } & Refusal => ({
  ok: false,
  ...refusal,
})

/** Proves to the compiler that a `switch` is exhaustive; reaching it is a bug. */
export function unreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`)
}
