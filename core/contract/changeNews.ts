import { z } from 'zod'
import { NoticeType } from './notices.ts'

/** Data of the events of `GET /v1/events` named `change`: the position that the change feed has reached. */
export const ChangeNews = z.object({ changeSeq: z.int() })

/** Name of the event that tells a station that one of its leases is called back: it should look at once. */
export const RECALL_NEWS = 'recall'

/** Name of the event that says: what came after `Last-Event-ID` is not there any more; look everything up anew. */
export const RESET_NEWS = 'reset'

/** `GET /v1/events`. `types`: notices to be told of, with commas; absent: people and keys all that they may, stations none. */
export const NewsQuery = z.object({
  types: z
    .string()
    .max(400)
    .transform((text) => (text === '' ? [] : text.split(',')))
    .pipe(z.array(NoticeType))
    .optional(),
})
