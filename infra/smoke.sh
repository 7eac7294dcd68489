#!/usr/bin/env bash
# The smoke checklist of README against a running Dispatch: every line must hold, and the first that does not stops it.
#
#   BASE                       where it is, for example http://127.0.0.1:8787
#   DISPATCH_AGENT_TOKEN       the bootstrap token
#   DISPATCH_AUTH_USERNAME/_PASSWORD   when operators sign in (basic)
#   GITHUB_SIM                 where github-sim is; adds the checks that look at GitHub and that change something
set -euo pipefail
: "${BASE:?set BASE to the address of a running Dispatch}"
: "${DISPATCH_AGENT_TOKEN:?set DISPATCH_AGENT_TOKEN to its bootstrap token}"

sign_in=()
if [ "${DISPATCH_AUTH_MODE:-}" = basic ]; then
    sign_in=(-u "$DISPATCH_AUTH_USERNAME:$DISPATCH_AUTH_PASSWORD")
fi
operator() { curl -fsS --max-time 60 "${sign_in[@]}" "$@"; }
agent() { curl -fsS --max-time 60 -H "Authorization: Bearer $DISPATCH_AGENT_TOKEN" -H 'Content-Type: application/json' "$@"; }
status() { curl -sS --max-time 60 -o /dev/null -w '%{http_code}' "$@"; }
# Evaluates a Python expression over `it`, the JSON document on standard input.
of() { python3 -c 'import json, sys; it = json.load(sys.stdin); print(eval(sys.argv[1]))' "$1"; }
passed() { echo "ok    $1"; }
failed() {
    echo "FAIL  $1" >&2
    exit 1
}
# Asks until the answer is as expected: within $1 seconds, the command after -- prints $2.
within() {
    local deadline=$((SECONDS + $1)) wanted=$2 got
    shift 3
    while got=$("$@" || true) && [ "$got" != "$wanted" ]; do
        [ $SECONDS -lt $deadline ] || failed "$* says '$got' and not '$wanted'"
        sleep 0.2
    done
}

[ "$(operator "$BASE/api/health" | of 'it["ok"] and it["database"] == "ok"')" = True ] || failed 'health'
passed '/api/health is ok'

if [ ${#sign_in[@]} -gt 0 ]; then
    [ "$(status "$BASE/api/board")" = 401 ] || failed 'the board is open without signing in'
    passed 'the board is closed to strangers'
fi

operator -X POST "$BASE/api/automation/sync" >/dev/null
passed 'POST /api/automation/sync'

repositories=$(operator "$BASE/api/automation/repos" | of 'len(it)')
[ "$repositories" -gt 0 ] || failed 'no repository is tracked'
passed "/api/automation/repos lists $repositories repositories"

[ "$(curl -fsS -X POST "$BASE/api/sync" -H "Authorization: Bearer $DISPATCH_AGENT_TOKEN" | of 'it["success"]')" = True ] || failed 'sync'
passed 'POST /api/sync with the agent token'

issues() { operator "$BASE/api/issues" | of 'len(it) > 0'; }
within 30 True -- issues
passed '/api/issues is not empty'

for page in board projects agents; do
    [ "$(status "$BASE/$page")" = 200 ] || failed "/$page"
done
passed '/board, /projects and /agents are served'

agent -X POST "$BASE/api/agent-runs" -d '{"agentName":"smoke","runType":"heartbeat","status":"succeeded"}' >/dev/null
[ "$(operator "$BASE/api/agent-runs?limit=50" | of 'any(run["agentName"] == "smoke" for run in it)')" = True ] || failed 'heartbeat'
passed 'a heartbeat is shown'

[ "$(status -X POST "$BASE/webhooks/github" -d '{}')" = 401 ] || failed 'an unsigned delivery is not refused'
[ "$(status -X POST "$BASE/webhooks/github" -d '{}' -H 'X-Hub-Signature-256: sha256=00')" = 401 ] || failed 'a wrong signature'
passed 'deliveries without a good signature get 401'

if [ -n "${GITHUB_SIM:-}" ]; then
    # Of GitHub's issue $1 (owner/name#number): the label that begins with $2.
    on_github() {
        curl -fsS -H "Authorization: Bearer $GITHUB_TOKEN" -H 'User-Agent: smoke' "$GITHUB_SIM/repos/${1%#*}/issues/${1#*#}" |
            of "next((label['name'] for label in it['labels'] if label['name'].startswith('$2')), None)"
    }
    card='next(c for column in it["columns"] if column["status"] == "backlog" for c in column["cards"] if not c["claim"] and not c["pending"] and c["state"] == "open")'
    moved=$(operator "$BASE/api/board" | of "(lambda c: c['issueId'] + ' ' + c['repoFullName'] + '#' + str(c['issueNumber']))($card)")
    read -r id name <<<"$moved"
    operator -X POST "$BASE/api/issues/move" -H 'Content-Type: application/json' -H "Origin: $BASE" \
        -d "{\"issueId\":\"$id\",\"status\":\"in-review\",\"reason\":\"smoke\"}" >/dev/null
    within 15 status/in-review -- on_github "$name" status/
    [ "$(operator "$BASE/api/audit?limit=200" | of "any(row['issueId'] == '$id' for row in it)")" = True ] || failed 'no audit row'
    passed "a move of $name reached GitHub and the audit trail"

    # Something to claim, whatever the demo's own agents have taken meanwhile.
    moved=$(operator "$BASE/api/board" | of "(lambda c: c['issueId'] + ' ' + c['repoFullName'] + '#' + str(c['issueNumber']))($card)")
    read -r id name <<<"$moved"
    operator -X POST "$BASE/api/issues/move" -H 'Content-Type: application/json' -H "Origin: $BASE" \
        -d "{\"issueId\":\"$id\",\"status\":\"ready\"}" >/dev/null
    claim=$(agent -X POST "$BASE/api/claims" -d "{\"agentName\":\"smoke\",\"issueId\":\"$id\"}")
    claimed=$(of 'it["claim"]["id"] if it["claim"] else ""' <<<"$claim")
    [ -n "$claimed" ] || failed "$name cannot be claimed: $claim"
    within 5 status/in-progress -- on_github "$name" status/
    within 5 agent/smoke -- on_github "$name" agent/
    passed "a claim of $name reached GitHub within 5 s"
    fence=$(of 'it["claim"]["fence"]' <<<"$claim")
    agent -X POST "$BASE/api/claims/$claimed/release" -d "{\"fence\":$fence,\"reason\":\"smoke is over\"}" >/dev/null
    within 15 None -- on_github "$name" agent/
    passed 'a release gives it back'
fi
