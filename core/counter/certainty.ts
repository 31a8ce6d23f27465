import { z } from 'zod'

/** Green (`confirmed`) means the server said so; `stored` means approved offline, not yet confirmed. */
export const Certainty = z.enum(['confirmed', 'stored'])
export type Certainty = z.infer<typeof Certainty>
