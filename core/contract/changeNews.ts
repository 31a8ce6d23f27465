import { z } from 'zod'

/** Data of a `change` event of `GET /v1/events`: the position that the change feed has reached. */
export const ChangeNews = z.object({ changeSeq: z.int() })
