interface Waiting<Item, Answer> {
  readonly item: Item
  readonly resolve: (answer: Answer) => void
  readonly reject: (error: unknown) => void
}

/**
 * Makes one call of many: what is asked while the event loop takes in requests is passed to `together` at once, at most
 * `most` at a time, in the order it came, at most `calls` at the same time. `together` answers each item by its place; when
 * it rejects, all of that call reject.
 */
export function gather<Item, Answer>(
  together: (items: readonly Item[]) => Promise<readonly Answer[]>,
  most: number,
  calls = 1,
): (item: Item) => Promise<Answer> {
  const queue: Waiting<Item, Answer>[] = []
  let running = 0

  const run = async (): Promise<void> => {
    while (queue.length > 0) {
      const batch = queue.splice(0, most)
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

  return (item) =>
    new Promise((resolve, reject) => {
      queue.push({ item, resolve, reject })
      if (running >= calls) return
      running += 1
      // After this turn of the event loop: every request that has already arrived comes along.
      setImmediate(() => void run())
    })
}
