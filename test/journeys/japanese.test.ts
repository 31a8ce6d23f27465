import { JOURNEYS } from './journeys/all.ts'
import { walkAll } from './rig/walkAll.ts'

walkAll('ja', JOURNEYS)
