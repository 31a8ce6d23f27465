import type * as Electron from 'electron'

/** The few parts of Electron that the shell uses, injected so that its wiring is tested without Electron. */
export type ElectronApis = Pick<
  typeof Electron,
  | 'app'
  | 'BrowserWindow'
  | 'ipcMain'
  | 'Menu'
  | 'powerSaveBlocker'
  | 'protocol'
  | 'safeStorage'
  | 'session'
  | 'utilityProcess'
>
