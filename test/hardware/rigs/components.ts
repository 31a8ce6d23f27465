import { existsSync, readFileSync } from 'node:fs'

/** What each Debian package of `debian-packages.txt` is needed for, by a file that it installs. */
const FILES: Record<string, readonly string[]> = {
  chromium: ['/usr/bin/chromium'],
  libpcsclite1: ['/usr/lib/x86_64-linux-gnu/libpcsclite.so.1', '/usr/lib/aarch64-linux-gnu/libpcsclite.so.1'],
  pcscd: ['/usr/sbin/pcscd'],
  socat: ['/usr/bin/socat'],
  'vsmartcard-vpcd': ['/etc/reader.conf.d/vpcd'],
  'x11-xkb-utils': ['/usr/bin/setxkbmap'],
  xdotool: ['/usr/bin/xdotool'],
  xvfb: ['/usr/bin/Xvfb'],
}

/** The packages that the hardware tests need, one a line. */
export function requiredPackages(): string[] {
  return readFileSync(new URL('../debian-packages.txt', import.meta.url), 'utf8')
    .split('\n')
    .filter(Boolean)
}

/** Those of them that are not installed. A package without a known file counts as missing: the list above is behind. */
export function missingPackages(): string[] {
  return requiredPackages().filter((name) => !FILES[name]?.some((file) => existsSync(file)))
}
