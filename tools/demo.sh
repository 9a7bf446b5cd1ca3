#!/bin/sh
# From nothing to an issued return on invented people, in ./demo; made afresh at every run.
set -eu
cd "$(dirname "$0")/.."
coachdesk=.venv/bin/coachdesk
folder=demo
vault="$folder/Practice.coachdesk"
passphrase="$folder/passphrase.txt"
caseload=resources/practice/caseload

rm -rf "$folder"
mkdir -p "$folder"
# The file is readable only by its owner before the passphrase is in it.
(umask 077 && printf 'five herons cross the estuary\n' >"$passphrase")

echo "1. A practice vault"
"$coachdesk" new "$vault" --organisation "Northern Fells Practice Hub" --person "Practice Manager" \
    --passphrase-file "$passphrase" >"$folder/recovery-key.txt"

echo "2. The sample caseload, with its mistakes"
# Exit status 1 says that rows were held or refused: the sample has such rows on purpose.
"$coachdesk" import "$vault" "$caseload/clients.csv" "$caseload/contacts.csv" "$caseload/jobs.csv" \
    --programme connect-to-work --passphrase-file "$passphrase" --json >"$folder/import.json" || [ $? -eq 1 ]
.venv/bin/python tools/import_account.py "$folder/import.json"

echo "3. The quarterly return, July to September 2026"
"$coachdesk" return "$vault" --programme connect-to-work --period 2026-07-01..2026-09-30 \
    --as-at 2026-10-05 --out "$folder/return" --passphrase-file "$passphrase"

cat <<END

Everything lies in $PWD/$folder:
  Practice.coachdesk   the encrypted vault
  passphrase.txt       what opens it (practice only; a real one is never written down here)
  recovery-key.txt     the key to print and lock away
  import.json          what became of every row of the sample
  return/              report.pdf, summary.pdf, tables.xlsx, cells.csv, release.json

To open the window on it:  .venv/bin/coachdesk open $vault
END

if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    echo "Opening the window; the passphrase is: $(cat "$passphrase")"
    exec "$coachdesk" open "$vault"
fi
echo "No display here, so no window was opened."
