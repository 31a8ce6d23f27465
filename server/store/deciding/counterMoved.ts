/** A counter in the database did not allow what was just decided from it: the command is undone and tried again alone. */
export class CounterMoved extends Error {
  override readonly name = 'CounterMoved'
}
