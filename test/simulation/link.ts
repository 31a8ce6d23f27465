import type { Machine } from './machine.ts'
import type { HttpAnswer, HttpRequest, Servers } from './servers.ts'
import type { World } from './world.ts'

/** How the line between a shop and the servers is for a while. */
export const LINE_STATES = ['up', 'lossy', 'cut', 'portal', 'slow', 'crowded'] as const
export type LineState = (typeof LINE_STATES)[number]

interface Call {
  readonly request: HttpRequest
  /** Resolves or rejects what the counter waits for; nothing once it has ended. */
  readonly end: (how: HttpAnswer | 'broken') => boolean
}

export interface LinkEvents {
  /** A server has answered; `reached`: the counter hears it. */
  answered(request: HttpRequest, answer: HttpAnswer, reached: boolean): void
}

/** One station's line: loses, delays, repeats and reorders requests and answers as the seed says. */
export class Link {
  readonly #world: World
  readonly #servers: Servers
  readonly #machine: Machine
  readonly #events: LinkEvents
  state: LineState = 'up'
  /** Calls whose answer has not come. */
  open = 0

  constructor(world: World, servers: Servers, machine: Machine, events: LinkEvents) {
    this.#machine = machine
    this.#world = world
    this.#servers = servers
    this.#events = events
  }

  /** What the counter's gateway uses instead of the real network. */
  fetch = (input: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const { pathname, search } = new URL(String(input))
    const request: HttpRequest = {
      method: init.method === 'POST' ? 'POST' : 'GET',
      url: pathname + search,
      headers: Object.fromEntries(new Headers(init.headers)),
      body: typeof init.body === 'string' ? init.body : null,
    }
    this.open += 1
    return new Promise((resolve, reject) => {
      let ended = false
      const end: Call['end'] = (how) => {
        if (ended) return false
        ended = true
        this.open -= 1
        if (how === 'broken') reject(new TypeError('fetch failed'))
        else resolve(new Response(how.body, { status: how.status, headers: how.headers }))
        return true
      }
      init.signal?.addEventListener('abort', () => end('broken'))
      this.#send({ request, end })
    })
  }

  #send(call: Call): void {
    const { random } = this.#world
    switch (this.state) {
      case 'up':
        this.#exchange(call, { lose: 0.04, repeat: 0.02, linger: 0.01 })
        return
      case 'lossy':
        this.#exchange(call, { lose: 0.4, repeat: 0.15, linger: 0.1 })
        return
      case 'slow':
        this.#exchange(call, { lose: 0.02, repeat: 0.02, linger: 0.6 })
        return
      case 'cut':
        this.#lost(call)
        return
      case 'portal':
        this.#answer(call, PORTAL)
        return
      case 'crowded':
        if (random.chance(0.5)) {
          this.#exchange(call, { lose: 0.05, repeat: 0.05, linger: 0.1 })
          return
        }
        this.#answer(call, random.chance(0.5) ? TOO_MANY : UNAVAILABLE)
        return
    }
  }

  #exchange(call: Call, odds: { lose: number; repeat: number; linger: number }): void {
    const { random } = this.#world
    const losesRequest = random.chance(odds.lose / 3)
    const losesAnswer = random.chance(odds.lose)
    // On its way for longer than anybody waits for it.
    const [least, most] = random.chance(odds.linger) ? [1_000, 9_000] : [5, 80]
    if (random.chance(odds.repeat)) this.#after(least, most + 3_000, () => void this.#deliver(call, true))
    if (losesRequest) this.#lost(call)
    else this.#after(least, most, () => void this.#deliver(call, losesAnswer))
  }

  async #deliver(call: Call, losesAnswer: boolean): Promise<void> {
    const { request } = call
    const answer = await this.#servers.ask(request)
    if (answer === null) return this.#lost(call)
    if (losesAnswer) {
      this.#events.answered(request, answer, false)
      return this.#lost(call)
    }
    this.#after(5, 80, () => {
      // The line may have been cut meanwhile, or nobody is awake at its end.
      const reached = this.state !== 'cut' && !this.#machine.asleep && call.end(answer)
      this.#events.answered(request, answer, reached)
      if (!reached) this.#lost(call)
    })
  }

  /** The connection breaks, or there is only silence until the counter stops waiting. */
  #lost(call: Call): void {
    if (this.#world.random.chance(0.4)) this.#machine.after(this.#world.between(1, 60), () => call.end('broken'))
  }

  /** Somebody else on the way answers. */
  #answer(call: Call, answer: HttpAnswer): void {
    this.#machine.after(this.#world.between(5, 60), () => call.end(answer))
  }

  #after(least: number, most: number, run: () => void): void {
    this.#world.after(this.#world.between(least, most), run)
  }
}

const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)

/** The shop's Wi-Fi answers for everybody. */
const PORTAL: HttpAnswer = { status: 200, headers: { 'content-type': 'text/html' }, body: bytes('<h1>Sign in</h1>') }
/** A proxy of ours in front of the servers. */
const TOO_MANY: HttpAnswer = {
  status: 429,
  headers: { 'tapcoupon-contract': '1', 'retry-after': '1' },
  body: bytes('{}'),
}
const UNAVAILABLE: HttpAnswer = { status: 503, headers: {}, body: bytes('') }
