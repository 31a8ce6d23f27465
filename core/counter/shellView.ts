import { z } from 'zod'

/** How the machine shows this counter; told by the shell that started it, shown to managers. */
export const ShellView = z.object({
  /** `none`: a browser that somebody else opens. */
  kind: z.enum(['electron', 'browser', 'none']),
  /** There is no way out but a manager's. */
  kiosk: z.boolean(),
  /**
   * What keeps the station's key and token from whoever reads the disk: the operating system's keystore, or nothing but a
   * file that only this user may read. A keystore whose own password is in its source (`basic_text`) counts as a file.
   */
  secrets: z.enum(['keystore', 'file']),
  version: z.string().max(64),
})
export type ShellView = z.infer<typeof ShellView>
