import type { Unit } from '../deciding/unit.ts'

/** How a store runs its work. */
export interface Runs {
  write<Result>(now: number, work: (unit: Unit) => Result): Result
  read<Result>(work: () => Result): Promise<Result>
}
