interface Waiting<Item, Answer> {
  readonly item: Item
  readonly resolve: (answer: Answer) => void
  readonly reject: (error: unknown) => void
}

/** What is not worth being divided between calls. */
const FEW = 8

/**
 * Makes one call of many: what is asked while the event loop takes in requests is passed to `together` at once, at most
 * `most` at a time, in the order it came, at most `calls` at the same time, which share what waits: one is made while another
 * waits for its answer. `together` answers each item by its place; when it rejects, all of that call reject.
 */
export function gather<Item, Answer>(
  together: (items: readonly Item[]) => Promise<readonly Answer[]>,
  most: number,
  calls = 1,
): (item: Item) => Promise<Answer> {
  const queue: Waiting<Item, Answer>[] = []
  let running = 0
  /** Of those, the ones that have not taken anything yet. */
  let beginning = 0

  const run = async (): Promise<void> => {
    beginning -= 1
    while (queue.length > 0) {
      const sharing = 1 + beginning + calls - running
      const batch = queue.splice(0, Math.min(most, Math.max(Math.ceil(queue.length / sharing), FEW)))
      if (queue.length > 0 && beginning === 0) begin()
      try {
        const answers = await together(batch.map(({ item }) => item))
        if (answers.length !== batch.length) throw new Error('fewer answers than questions')
        batch.forEach(({ resolve }, index) => {
          resolve(answers[index] as Answer)
        })
      } catch (error) {
        for (const { reject } of batch) reject(error)
      }
    }
    running -= 1
  }

  const begin = (): void => {
    if (running === calls) return
    running += 1
    beginning += 1
    // After this turn of the event loop: every request that has already arrived comes along.
    setImmediate(() => void run())
  }

  return (item) =>
    new Promise((resolve, reject) => {
      queue.push({ item, resolve, reject })
      begin()
    })
}
