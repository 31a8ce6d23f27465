import { writeFileSync } from 'node:fs'
import { campaigns } from './sampleData/campaigns.ts'
import { operators, stores } from './sampleData/chain.ts'
import { extraMedia, makeHolders } from './sampleData/holders.ts'
import { baskets, categories } from './sampleData/products.ts'

/** The files of resources/sample, by name, as text: the same on every run and every machine. */
export function sampleFiles(): Map<string, string> {
  const files = { stores, operators, campaigns, holders: makeHolders(20_261_101), extraMedia, baskets, categories }
  return new Map(Object.entries(files).map(([name, value]) => [`${name}.json`, `${JSON.stringify(value, null, 2)}\n`]))
}

if (import.meta.main) {
  for (const [name, text] of sampleFiles()) writeFileSync(new URL(`../resources/sample/${name}`, import.meta.url), text)
}
