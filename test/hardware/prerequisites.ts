import { missingComponents } from './rigs/components.ts'

/** Runs before every hardware test: with anything missing nothing runs, and the run fails with all of it named. */
export default function prerequisites(): void {
  const missing = missingComponents()
  if (missing) throw new Error(missing)
}
