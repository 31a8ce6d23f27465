/** Pieces of stations' work, each station's in the order in which it brought them. */
export interface StationLines {
  /**
   * Begins the `pieces` of one call after all of the calls of that station before it, so many of a station at a time
   * (`atOnce`). Resolves with their answers when all are answered; rejects when one of them does, and then begins no more.
   */
  inLine<Answer>(stationId: string, pieces: readonly Piece<Answer>[], atOnce: number): Promise<readonly Answer[]>
}

/** Gets ready what has to be, and hands back how it is begun. */
export type Piece<Answer> = () => () => Promise<Answer>

/** One station's calls that have not ended. */
interface Line {
  calls: number
  /** The call before has begun its last piece. */
  begun: Promise<unknown>
  /** What was begun last, the newest at the end. */
  readonly underWay: Promise<unknown>[]
}

const ended = async (work: Promise<unknown> | undefined): Promise<void> => {
  // Whoever began it hears why.
  await work?.catch(() => {})
}

/** A turn of the event loop: what others ask is not behind everything that has to be got ready. */
const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve))

/** Lines for as many stations as have work here. */
export function stationLines(): StationLines {
  const lines = new Map<string, Line>()
  return {
    async inLine(stationId, pieces, atOnce) {
      const line = lines.get(stationId) ?? { calls: 0, begun: Promise.resolve(), underWay: [] }
      lines.set(stationId, line)
      line.calls += 1
      const before = line.begun
      const { promise, resolve } = Promise.withResolvers<void>()
      line.begun = promise
      try {
        return await Promise.all(await begun(line, before, pieces, atOnce).finally(resolve))
      } finally {
        line.calls -= 1
        if (line.calls === 0) lines.delete(stationId)
      }
    },
  }
}

async function begun<Answer>(
  { underWay }: Line,
  before: Promise<unknown>,
  pieces: readonly Piece<Answer>[],
  atOnce: number,
): Promise<readonly Promise<Answer>[]> {
  const answers: Promise<Answer>[] = []
  for (const [nth, piece] of pieces.entries()) {
    if (nth > 0) await nextTurn()
    // While those before it are under way.
    const begin = piece()
    if (nth === 0) await before
    await ended(underWay.at(-atOnce))
    // One of this call that came to nothing is its answer.
    await answers.at(-atOnce)
    const answer = begin()
    answer.catch(() => {})
    answers.push(answer)
    underWay.push(answer)
    if (underWay.length > atOnce) underWay.shift()
  }
  return answers
}
