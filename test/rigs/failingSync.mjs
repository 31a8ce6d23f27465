// Loaded before a server's program, in every thread of it: as long as the named file exists, the disk takes nothing more.
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

const { fdatasyncSync, existsSync } = fs
fs.fdatasyncSync = (file) => {
  if (existsSync(process.env.TEST_DISK_FAILS ?? '')) {
    throw Object.assign(new Error('EIO: i/o error, fdatasync'), { code: 'EIO' })
  }
  fdatasyncSync(file)
}
syncBuiltinESMExports()
