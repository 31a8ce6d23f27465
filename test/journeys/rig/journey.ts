import type { Locator, Page } from 'playwright-core'
import type { Shop } from './shop.ts'

/** What a journey has come to: the screen that is photographed and looked at by axe. */
export interface Look {
  readonly page: Page
  /** What is drawn from a secret. */
  readonly hidden?: readonly Locator[]
}

/** One way through the product, from a customer who arrives to what somebody sees in the end. One text for every language. */
export interface Journey {
  /** Also its picture's. */
  readonly name: string
  /** Begins at the counter: signed in, nobody’s card there, online. */
  readonly walk: (shop: Shop) => Promise<Look>
  /** Puts back what the next journey must not find. */
  readonly after?: (shop: Shop) => Promise<void>
}
