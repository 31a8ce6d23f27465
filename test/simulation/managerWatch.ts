import type { ManagerGateway } from '../../core/ports/managerGateway.ts'
import type { Station } from './station.ts'
import type { World } from './world.ts'

/** Holds a manager's line from a till to the server against what is promised of it. */
export class ManagerWatch {
  /** Tokens of managers' sessions at tills: no file may have one of them. */
  readonly tokens: string[] = []
  /** Answers by station, of whom something was asked with a manager's token. */
  answered = 0
  readonly #world: World
  readonly #endOf: (conflictId: string) => string | null

  /** `endOf`: how a conflict ended on the server; null: it has not. */
  constructor(world: World, endOf: (conflictId: string) => string | null) {
    this.#world = world
    this.#endOf = endOf
  }

  around(gateway: ManagerGateway, station: Station): ManagerGateway {
    const { name, storeId } = station
    const wrong = (what: string) => this.#world.violated(`rule 5: ${name} ${what}`)
    const asks = (token: string): void => {
      this.answered += 1
      if (station.state?.offlineDesk === null && station.state.dayDesk === null)
        wrong("asked with a manager's token after they had left")
      if (!this.tokens.includes(token)) wrong('asked with a token that no manager has')
    }
    return {
      signIn: async (request) => {
        const result = await gateway.signIn(request)
        if (result.kind === 'answered') this.tokens.push(result.answer.token)
        return result
      },
      conflicts: async (token, query) => {
        asks(token)
        const result = await gateway.conflicts(token, query)
        if (result.kind !== 'answered') return result
        if (result.answer.conflicts.some((conflict) => conflict.storeId !== storeId)) {
          wrong("shows another store's conflicts")
        }
        return result
      },
      conflict: (token, conflictId) => {
        asks(token)
        return gateway.conflict(token, conflictId)
      },
      leases: (token) => {
        asks(token)
        return gateway.leases(token)
      },
      redemptions: (token, query) => {
        asks(token)
        return gateway.redemptions(token, query)
      },
      resolve: async (token, conflictId, request) => {
        asks(token)
        const result = await gateway.resolve(token, conflictId, request)
        const { resolution } = request
        const end = this.#endOf(conflictId)
        if (result.kind === 'answered' && end !== resolution) {
          this.#world.violated(`rule 2: a manager at ${name} was told ${conflictId} is ${resolution}, and it is ${end}`)
        }
        return result
      },
    }
  }
}
