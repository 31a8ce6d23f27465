import { type FSWatcher, watch } from 'node:fs'

/** Tells that something was plugged in or pulled; it may tell too often, and nothing depends on its telling at all. */
export interface HotPlug {
  /** The returned function ends the watch. */
  watch(changed: () => void): () => void
}

/** Where Linux shows devices come and go. The bus's own folder has one folder a bus, so each is watched. */
const FOLDERS = ['/dev', '/dev/bus/usb', '/dev/serial/by-id']

/** Device nodes that are ours to care about; `/dev` also sees terminals and logs come and go. */
const READERS = /^(?:hidraw|tty(?:ACM|USB|S)|usb|bus|serial|\d{3})/

/**
 * Watches device nodes on Linux. A folder that does not exist (yet) is left out: polling finds what is plugged in there.
 */
export const deviceNodes: HotPlug = {
  watch(changed) {
    if (process.platform !== 'linux') return () => {}
    const watchers: FSWatcher[] = []
    for (const folder of FOLDERS) {
      try {
        const watcher = watch(folder, { persistent: false }, (_event, name) => {
          if (name === null || READERS.test(name)) changed()
        })
        // The folder itself has gone: nothing more will come from it.
        watcher.on('error', () => watcher.close())
        watchers.push(watcher)
      } catch {
        // Not on this machine.
      }
    }
    return () => {
      for (const watcher of watchers) watcher.close()
    }
  },
}

export const noHotPlug: HotPlug = { watch: () => () => {} }
