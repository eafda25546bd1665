#!/usr/bin/env bash
# Sends a note to a running service (make run) and prints what to mend first. Needs curl and Python.
set -euo pipefail
note=${1:-"$(dirname "$0")/note.md"}
url=${NOTECOACH_URL:-http://127.0.0.1:8000}

python3 -c 'import json, sys; print(json.dumps({"text": sys.stdin.read()}))' <"$note" |
  curl --silent --show-error --fail-with-body "$url/v1/analyses" \
    -H 'content-type: application/json' ${NOTECOACH_KEY:+-H "authorization: Bearer $NOTECOACH_KEY"} --data-binary @- |
  python3 -c '
import json, sys
answer = json.load(sys.stdin)
for score in answer["scores"]["dimensions"]:
    print(score["name"], score["level"], score["reason"])
for finding in answer["findings"][:3]:
    print(finding["rank"], finding["code"], finding["quote"] or "", finding["message"])
'
