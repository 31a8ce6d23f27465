/**
 * How a shell ended, for whoever started it (`npm start`, systemd's `RestartPreventExitStatus`). Any other code is a crash,
 * after which it is started again.
 */
export const SHELL_EXIT = {
  /** Asked to: a signal, or a window that a person may close. */
  ended: 0,
  /** Something outside must decide: the page keeps crashing. */
  crashed: 1,
  /** The settings are missing or wrong: starting again would not help. */
  misconfigured: 2,
  /** A manager ended it. */
  left: 40,
} as const
