import { SHORT } from './journeys/all.ts'
import { walkAll } from './rig/walkAll.ts'

/** What `npm test` walks; `npm run journeys` walks all of them, in every language. */
walkAll('en', SHORT)
