import type { Unit } from '../deciding/unit.ts'

/** How a store runs its work. Not every engine can say at once what a transaction came to. */
export interface Runs {
  write<Result>(now: number, work: (unit: Unit) => Result): Result | Promise<Result>
  read<Result>(work: () => Result): Promise<Result>
}
