import type { Params } from '../../core/contract/problem.ts'
import type { Notice } from '../../core/counter/state.ts'
import type { Ids } from '../../core/ports/ids.ts'
import type { SettledBatch } from '../store/counterStore.ts'

/** More than a cashier can read; older ones leave. */
const MAX_NOTICES = 50

/** A code that says nothing new by being there twice. */
const ONE_OF_A_KIND: readonly Notice['code'][] = ['storage_failed', 'read_ignored', 'server_restored']

/** What the cashier must know beside the visit, until it is dismissed. */
export class Notices {
  readonly #ids: Ids
  #list: readonly Notice[] = []

  constructor(ids: Ids) {
    this.#ids = ids
  }

  list(): Notice[] {
    return [...this.#list]
  }

  add(code: Notice['code'], params: Params, at: number): void {
    const others = ONE_OF_A_KIND.includes(code) ? this.#list.filter((notice) => notice.code !== code) : this.#list
    this.#list = [...others, { noticeId: this.#ids.uuid7(), code, params, at }].slice(-MAX_NOTICES)
  }

  /** What the server did not take as it was shown. */
  settled({ forced, quarantined }: SettledBatch, at: number): void {
    for (const { reason } of forced) this.add('event_forced', reason ? { reason } : {}, at)
    for (const { reason } of quarantined) this.add('event_quarantined', reason ? { reason } : {}, at)
  }

  /** The next customer is there: that a card was ignored during the visit before would be taken for theirs. */
  visitEnded(): void {
    this.#list = this.#list.filter(({ code }) => code !== 'read_ignored')
  }

  /** false: not there. */
  dismiss(noticeId: string): boolean {
    const before = this.#list.length
    this.#list = this.#list.filter((notice) => notice.noticeId !== noticeId)
    return this.#list.length < before
  }
}
