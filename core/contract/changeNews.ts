import { z } from 'zod'

/** Data of the events of `GET /v1/events`: the position that the change feed has reached. */
export const ChangeNews = z.object({ changeSeq: z.int() })

/** Name of the event that tells a station that one of its leases is called back: it should look at once. */
export const RECALL_NEWS = 'recall'
