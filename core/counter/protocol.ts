import { z } from 'zod'
import { CommandResult, CounterCommand } from './commands.ts'
import { CounterState } from './state.ts'

/** renderer → counter, over either shell. */
export const ToCounter = z.object({ requestId: z.int().min(0), command: CounterCommand })
export type ToCounter = z.infer<typeof ToCounter>

/** counter → renderer. A state comes first, at once, then after every change. */
export const FromCounter = z.discriminatedUnion('type', [
  z.object({ type: z.literal('state'), state: CounterState }),
  z.object({ type: z.literal('result'), requestId: z.int().min(0), result: CommandResult }),
])
export type FromCounter = z.infer<typeof FromCounter>
