import type { Servers } from './servers.ts'
import type { World } from './world.ts'

export interface OfficeAnswer {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: answers of every shape
  readonly body: any
}

/** How head office asks: whoever works there has time. */
export type PatientLine = (token: string, method: 'GET' | 'POST', url: string, body?: unknown) => Promise<OfficeAnswer>

/** Asks until a server has answered. A refusal throws, but a 409, which says what was done before. */
export function patientLine(world: World, servers: Servers): PatientLine {
  return async (token, method, url, body) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    for (let attempt = 0; attempt < 200; attempt++) {
      const answer = await servers.ask({ method, url, headers, body: body === undefined ? null : JSON.stringify(body) })
      if (answer && answer.status < 500) {
        const text = Buffer.from(answer.body).toString()
        if (answer.status >= 400 && answer.status !== 409) throw new Error(`${url}: ${text}`)
        return { status: answer.status, body: JSON.parse(text) }
      }
      await new Promise<void>((resolve) => world.after(1_000, resolve))
    }
    throw new Error(`${url}: no server answers`)
  }
}
