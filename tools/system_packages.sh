#!/bin/sh
# Installs the Debian packages Qt loads at run time, where they are missing.
# Without the libxcb ones the window aborts at start; the rest serve drawing without a display too.
# What is named as an argument is installed as well: the packaging sessions need binutils and xvfb,
# the gate LibreOffice Calc, which opens and recalculates the finished workbook.
set -eu

wanted="libglib2.0-0 libegl1 libgl1 libfontconfig1 libxkbcommon0 libdbus-1-3 \
libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxkbcommon-x11-0 $*"

if ! command -v dpkg >/dev/null 2>&1 || ! command -v apt-get >/dev/null 2>&1; then
    echo "Not a Debian-like system: nothing installed. If the window does not start, CONTRIBUTING.md names the libraries Qt needs."
    exit 0
fi

# Newer systems renamed some packages to ...t64; either name will do.
installed() {
    # An office that came another way does as well, and Debian's with windows would have to make room for this one.
    if [ "$1" = libreoffice-calc-nogui ] && command -v soffice >/dev/null 2>&1; then return 0; fi
    dpkg -s "$1" 2>/dev/null | grep -q '^Status: install ok installed' ||
        dpkg -s "$1t64" 2>/dev/null | grep -q '^Status: install ok installed'
}

missing=""
for package in $wanted; do
    installed "$package" || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

echo "Installing Debian packages:$missing"
if [ "$(id -u)" -eq 0 ]; then root=""; else root="sudo"; fi
$root apt-get update -qq
# shellcheck disable=SC2086 # the names are separate words
$root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
