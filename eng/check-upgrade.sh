#!/usr/bin/env bash
# Whether the host of this clone starts on what an older one left behind: eng/check-upgrade.sh [COMMIT] (HEAD~1).
# The older one is built, works, and is killed with messages under way; needs git, curl and what ./run needs.
set -euo pipefail

root=$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.." && pwd)
# shellcheck source=eng/set-up.sh
. "$root/eng/set-up.sh"
reference=${1:-HEAD~1}
candidatures=40 accepted=25

commit=$(git -C "$root" rev-parse --verify --quiet "$reference^{commit}") || fail "$reference is no commit"
work=$(mktemp -d) process=''
chmod 755 "$work"
clean_up() {
    [ -z "$process" ] || kill -TERM "$process" 2>/dev/null || true
    [ -z "$process" ] || wait "$process" 2>/dev/null || true
    git -C "$root" worktree remove --force "$work/older" 2>/dev/null || true
    rm -rf "$work"
}
trap clean_up EXIT

# start CLONE [OPTION]: sets address, and key when one is told
start() {
    local since=$SECONDS
    dotnet "$1/artifacts/$stack/bin/Host/release/MilleCafes.Host.dll" --port 0 --data "$work/data" --Webhooks:AllowLoopback=true "${@:2}" >"$work/output" 2>&1 &
    process=$!
    until address=$(grep -o 'http://127.0.0.1:[0-9]*' "$work/output" | head -n 1 | grep .); do
        kill -0 "$process" 2>/dev/null && [ $((SECONDS - since)) -lt 60 ] || fail "the host does not start: $(tail -n 3 "$work/output")"
        sleep 0.2
    done
    until curl -fs -o "$work/ready" "$address/health/ready"; do
        [ $((SECONDS - since)) -lt 60 ] || fail "the host does not become ready: $(curl -s "$address/health/ready")"
        sleep 0.2
    done
    key=$(grep -om 1 'mck_[A-Za-z0-9_-]*' "$work/output" || printf '%s' "${key:-}")
}

ask() { curl -fsS -H "Authorization: Bearer $key" -H 'Content-Type: application/json' "$@"; }

submit() {
    ask "$address/v1/recruitment/commune-candidatures" -d '{"inseeCode":"'"$1"'","cafeSituation":"none","otherShops":0,"carriedByMayor":true,"residentsInvolved":true,
        "premises":{"available":true},"contact":{"name":"Camille Exemple","email":"mairie@example.org"}}' | grep -o '"id":"[^"]*"' | head -n 1 | cut -d'"' -f4
}

accept() { ask -X POST "$address/v1/recruitment/commune-candidatures/$1/acceptance" -d '' -o /dev/null; }

# What of the answers must not change: each thing's id and state, in their order
told() { ask "$address/v1/recruitment/commune-candidatures?limit=200" | grep -oE '"(id|status|inseeCode)":"[^"]*"'; }

count() { ask "$address/v1/accompaniment/projects?limit=200" | grep -o '"candidatureId":' | wc -l; }

need_dotnet
need_postgresql
need_npm
git -C "$root" worktree add --quiet --detach "$work/older" "$commit"
say "Building $(git -C "$root" log -1 --format='%h %s' "$commit")"
build "$work/older/Host" Release || fail 'it does not build'
say 'Building what is here'
build "$root/Host" Release || fail 'it does not build'

start "$work/older"
mapfile -t communes < <(ask "$address/v1/reference/communes?departement=80&eligible=true&limit=$((candidatures + 1))" | grep -o '"inseeCode":"[^"]*"' | cut -d'"' -f4)
# Nobody listens there: what is to be sent waits
ask "$address/v1/webhooks/subscriptions" -d '{"url":"http://127.0.0.1:9/","eventTypes":["*"]}' -o /dev/null
ids=()
for commune in "${communes[@]:0:$candidatures}"; do ids+=("$(submit "$commune")"); done
for id in "${ids[@]:0:$accepted}"; do accept "$id"; done
told >"$work/before"
kill -KILL "$process"
wait "$process" 2>/dev/null || true
say "The older host took $candidatures candidatures, accepted $accepted, and was killed"

# The older one's key of the webhooks' secrets, if it had one
secrets="$work/older/.data/webhooks.key"
since=$SECONDS
start "$root" "--Webhooks:SecretsKeyFile=$secrets"
say "The newer one is ready after $((SECONDS - since)) s: $(cat "$work/ready")"
told >"$work/after"
cmp -s "$work/before" "$work/after" || fail "it does not tell what the older one told: $(diff "$work/before" "$work/after" | head -n 5)"
accept "${ids[$accepted]}"
submit "${communes[$candidatures]}" >/dev/null
since=$SECONDS
until [ "$(count)" = $((accepted + 1)) ]; do
    [ $((SECONDS - since)) -lt 30 ] || fail "it has opened $(count) projects of $((accepted + 1))"
    sleep 0.2
done
# Two events of each acceptance wait for a subscriber who is not there
since=$SECONDS
until ready=$(curl -fsS "$address/health/ready") && [[ $ready == *"\"webhooksWaiting\":$((2 * accepted + 2)),"* ]]; do
    [ $((SECONDS - since)) -lt 30 ] || fail "what was to be sent is lost: $ready"
    sleep 0.5
done
[[ $ready == *'"deadLetters":0,'* ]] || fail "it has dead letters: $ready"
say "It knows the key, tells the same, has opened $((accepted + 1)) projects, and goes on: the upgrade holds"
