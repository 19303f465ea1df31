#!/usr/bin/env bash
# Brings both up, lets a canary fail and pass again, and sees the status page follow.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
export SYNTHETICS_PORT=${SYNTHETICS_PORT:-4566} STATUS_PAGE_PORT=${STATUS_PAGE_PORT:-8080}

# The plug-in of Docker, or the program of its own that it was before.
compose() {
  if docker compose version >/dev/null 2>&1; then docker compose "$@"; else docker-compose "$@"; fi
}

emulator() {
  curl -sS --fail-with-body -H 'Content-Type: application/json' \
    "http://127.0.0.1:$SYNTHETICS_PORT/_emulator/$1" "${@:2}"
}

expect() {
  local page
  page=$(curl -sS -w ' %{http_code}' "http://127.0.0.1:$STATUS_PAGE_PORT")
  echo "the page: $page"
  [[ $page == "$1" ]] || { echo "expected: $1" >&2; exit 1; }
}

trap 'compose down --volumes --timeout 2' EXIT
compose up --detach --build
curl -sS --retry 50 --retry-delay 1 --retry-all-errors -o /dev/null "http://127.0.0.1:$STATUS_PAGE_PORT"
expect '{"failing": []} 200'

# The next run fails, those after it pass.
emulator canaries/checkout/outcomes -X PUT -d '{"script": [{"state": "FAILED"}]}' >/dev/null
emulator seed -d '{"canaries": [{
  "Name": "checkout", "start": true,
  "Code": {"Handler": "index.handler", "S3Bucket": "my-bucket", "S3Key": "canary.zip"},
  "ArtifactS3Location": "s3://my-bucket",
  "ExecutionRoleArn": "arn:aws:iam::123456789012:role/canary",
  "Schedule": {"Expression": "rate(5 minutes)"},
  "RuntimeVersion": "syn-nodejs-puppeteer-10.0"}]}' >/dev/null
emulator clock/advance -d '{"until": "nextRun"}' >/dev/null
expect '{"failing": ["checkout"]} 503'

# Five minutes on, without waiting for them.
emulator clock/advance -d '{"until": "nextRun"}' >/dev/null
expect '{"failing": []} 200'
