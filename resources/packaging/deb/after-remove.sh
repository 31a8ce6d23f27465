#!/bin/sh
# After the package's files are gone: takes away what after-install.sh made. A package that is being upgraded keeps it.
# Data and settings stay: what was not sent is in the data.
set -e
root="$TAPCOUPON_ROOT"
case "$1" in
  upgrade | failed-upgrade | abort-upgrade) exit 0 ;;
esac
rm -f "$root/usr/bin/tapcoupon" \
  "$root/lib/udev/rules.d/70-tapcoupon-readers.rules" \
  "$root/lib/modprobe.d/tapcoupon-nfc.conf" \
  "$root/usr/share/polkit-1/rules.d/50-tapcoupon-pcscd.rules" \
  "$root/usr/lib/systemd/user/tapcoupon-counter.service"
if [ -z "$root" ] && command -v udevadm >/dev/null 2>&1; then udevadm control --reload || true; fi
exit 0
