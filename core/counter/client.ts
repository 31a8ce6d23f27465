import type { CommandResult, CounterCommand } from './commands.ts'
import type { CounterState } from './state.ts'

/** The one interface a screen has to the counter, the same in Electron and in a browser. */
export interface CounterClient {
  /** The newest state, or null before the first; the same object until it changes. */
  state(): CounterState | null
  /** Whether the shell has a live line to the counter. */
  link(): 'connecting' | 'connected' | 'lost'
  /** Called after each change of `state()` or `link()`; returns how to stop. */
  subscribe(listener: () => void): () => void
  /** Never rejects: a lost line is `{ok: false, reason: 'in_progress'}`; the outcome then shows in a later state. */
  send(command: CounterCommand): Promise<CommandResult>
  /** What is drawn stands; said every few seconds, for the shell that watches the page. */
  alive(): void
}
