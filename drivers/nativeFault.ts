import type { ReaderHealth } from '../core/readers/reader.ts'

/** The part of a health that says what is wrong and what a person can do about it. */
export type Fault = Pick<ReaderHealth, 'state' | 'code' | 'fix'>

/** Node's and native modules' errors carry a code beside the message. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}

export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** Faults that only another process can overcome: a module that failed to load once is not loaded again. */
export function isFinal(fault: Fault): boolean {
  return fault.code === 'native_library_missing' || fault.code === 'native_module_failed'
}

/**
 * A native module that would not load. A missing shared library means that nobody has set up this kind of reader here:
 * `absent`, with the package to install. Anything else is `error`.
 */
export function loadFault(error: unknown, packages: string): Fault {
  const message = errorMessage(error)
  if (
    errorCode(error) === 'ERR_DLOPEN_FAILED' ||
    /cannot open shared object file|addon dependency not found/.test(message)
  ) {
    return {
      state: 'absent',
      code: 'native_library_missing',
      fix: `Install the system library and start the counter again: sudo apt-get install ${packages}`,
    }
  }
  return {
    state: 'error',
    code: 'native_module_failed',
    fix: 'The driver for this kind of reader does not run on this machine. Reinstall the counter (npm ci).',
  }
}
