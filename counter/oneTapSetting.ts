/** One-tap as head office sets it and as the cashier has chosen since. */
export class OneTapSetting {
  readonly #choose: (oneTap: boolean) => void
  #set: boolean

  /** `set`: what head office has set so far. `choose` puts it into force. */
  constructor(set: boolean, choose: (oneTap: boolean) => void) {
    this.#set = set
    this.#choose = choose
  }

  /** What head office sets counts when it changes; between changes the cashier may choose. */
  follow(oneTap: boolean): void {
    if (oneTap === this.#set) return
    this.#set = oneTap
    this.#choose(oneTap)
  }
}
