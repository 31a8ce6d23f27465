import { SMOKE } from './journeys/all.ts'
import { walkAll } from './rig/walkAll.ts'

walkAll('ar', SMOKE)
