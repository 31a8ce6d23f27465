import { contextBridge, ipcRenderer } from 'electron'
import { screenBridge } from './screenBridge.ts'

/** Runs sandboxed beside the page and gives it its one line to the counter. */
contextBridge.exposeInMainWorld('tapcoupon', screenBridge(ipcRenderer))
