#!/bin/sh
# After the package's files are there: the program's name, its sandbox, the rules for readers, the unit.
# TAPCOUPON_ROOT is for tests: another root than the machine's. No curly braces around names: electron-builder fills those.
set -e
root="$TAPCOUPON_ROOT"
app="/opt/Tapcoupon"
system="$root$app/resources/system"

mkdir -p "$root/usr/bin"
ln -sf "$app/tapcoupon" "$root/usr/bin/tapcoupon"

# Chromium's sandbox: by user namespaces where the kernel gives them to everybody, else by its own helper.
if [ -L /proc/self/ns/user ] && unshare --user true 2>/dev/null; then
  chmod 0755 "$root$app/chrome-sandbox"
else
  chmod 4755 "$root$app/chrome-sandbox"
fi

install -D -m 0644 "$system/udev/70-tapcoupon-readers.rules" "$root/lib/udev/rules.d/70-tapcoupon-readers.rules"
install -D -m 0644 "$system/modprobe/tapcoupon-nfc.conf" "$root/lib/modprobe.d/tapcoupon-nfc.conf"
install -D -m 0644 "$system/polkit/50-tapcoupon-pcscd.rules" "$root/usr/share/polkit-1/rules.d/50-tapcoupon-pcscd.rules"
install -D -m 0644 "$system/systemd/tapcoupon-counter.service" "$root/usr/lib/systemd/user/tapcoupon-counter.service"
# Settings belong to the administrator: the folder is made, nothing is written into it.
mkdir -p "$root/etc/tapcoupon"

if [ -z "$root" ]; then
  groupadd -f tapcoupon || true
  if command -v udevadm >/dev/null 2>&1; then udevadm control --reload && udevadm trigger || true; fi
  if command -v update-desktop-database >/dev/null 2>&1; then update-desktop-database -q || true; fi
fi
exit 0
