#!/usr/bin/env bash
# Proves that the images build and the demonstration works: builds both images, starts compose.yaml on free loopback
# ports, gets a token for MCP server A, calls a tool with it, sees MCP server B refuse it, and removes everything again.
#   docker/check.sh            needs curl, a container engine, and docker compose or docker-compose
#   docker/check.sh compose.postgres.yaml    the same with PostgreSQL, and another container on the same database
# Exit status 0 only if every step held. The jars must have been built (./mvnw package).
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$here")
readonly start_limit=240   # seconds, for each step that waits
readonly added_limit=60    # MB that the image of the example server has more than its base

say() { printf '%s docker/check.sh: %s\n' "$(date +%T)" "$*"; }
fail() { say "FAILED: $*" >&2; exit 1; }

command -v curl >/dev/null || fail "curl is missing"
if docker compose version >/dev/null 2>&1; then compose=(docker compose)
elif command -v docker-compose >/dev/null; then compose=(docker-compose)
else fail "neither 'docker compose' nor 'docker-compose' is here; install one (podman-compose hides exit codes)"; fi

files=(docker realm-config providers/target/keycloak-mcp.jar examples/mcp-server/target/mcp-server.jar)
for file in "${files[@]}"; do [ -e "$root/$file" ] || fail "$file is missing; run ./mvnw package first"; done

# A copy of what the images need is the build context: builders without BuildKit do not read Dockerfile.dockerignore
# and would be sent the whole repository. It also excludes your own docker/.env.
work=$(mktemp -d)
mkdir "$work/context"
tar -C "$root" --exclude=.env -c "${files[@]}" | tar -C "$work/context" -x

# The first free port from the given one on. Different start ports keep two runs apart.
free_port() {
    local port=$1
    while (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do port=$((port + 1)); done
    echo "$port"
}
KEYCLOAK_PORT=$(free_port $((20000 + RANDOM % 10000)))
MCP_SERVER_A_PORT=$(free_port $((KEYCLOAK_PORT + 1)))
MCP_SERVER_B_PORT=$(free_port $((MCP_SERVER_A_PORT + 1)))
# Own names: a demonstration that is running is left alone. The images stay, as keycloak-mcp:check and
# keycloak-mcp-example-server:check.
export KEYCLOAK_PORT MCP_SERVER_A_PORT MCP_SERVER_B_PORT COMPOSE_PROJECT_NAME="keycloak-mcp-check-$$" IMAGE_TAG=check
tool=${compose[*]}
for file in compose.yaml "$@"; do compose+=(-f "$work/context/docker/$file"); done

finish() {
    local status=$?
    trap - EXIT INT TERM
    if [ "$status" -ne 0 ] && [ "$status" -ne 130 ]; then
        say "the containers' logs follow" >&2
        timeout 60 "${compose[@]}" logs --tail=60 2>&1 >&2 || true
    fi
    say "removing containers, networks and volumes"
    timeout 120 "${compose[@]}" down --volumes >"$work/down.log" 2>&1 \
        || { cat "$work/down.log" >&2; [ "$status" -ne 0 ] || status=1; }
    rm -rf "$work"
    [ "$status" -eq 0 ] && say "passed in $SECONDS s"
    exit "$status"
}
trap finish EXIT
trap 'exit 130' INT TERM

# await WHAT COMMAND...: repeats the command until it succeeds or the limit is over.
await() {
    local what=$1 until=$((SECONDS + start_limit))
    shift
    until "$@"; do
        ((SECONDS < until)) || fail "$what: not after $start_limit s"
        sleep 2
    done
    say "$what"
}

run() { timeout "$1" "${@:2}" >"$work/run.log" 2>&1 || { cat "$work/run.log" >&2; fail "${*:2}"; }; }

say "building the images with $tool"
run 900 "${compose[@]}" build
say "starting the containers"
run 300 "${compose[@]}" up -d

issuer=http://localhost:$KEYCLOAK_PORT/realms/mcp
server_a=http://localhost:$MCP_SERVER_A_PORT/mcp
server_b=http://localhost:$MCP_SERVER_B_PORT/mcp

answers() { curl -fsS -m 5 -o "$work/answer" "$1" 2>/dev/null; }
await "Keycloak answers as $issuer" answers "$issuer/.well-known/openid-configuration"
grep -qF "\"issuer\":\"$issuer\"" "$work/answer" || fail "the metadata does not name the issuer $issuer"
await "MCP server A answers" answers "http://localhost:$MCP_SERVER_A_PORT/.well-known/oauth-protected-resource/mcp"
await "MCP server B answers" answers "http://localhost:$MCP_SERVER_B_PORT/.well-known/oauth-protected-resource/mcp"

# The health checks of compose.yaml, run by hand: not every engine runs them by itself.
run 30 "${compose[@]}" exec -T keycloak bash /opt/keycloak/bin/http-ok.sh localhost 9000 /health/ready
run 30 "${compose[@]}" exec -T mcp-server-a \
    bash /opt/mcp-server/http-ok.sh localhost "$MCP_SERVER_A_PORT" /.well-known/oauth-protected-resource/mcp
! timeout 30 "${compose[@]}" exec -T keycloak bash /opt/keycloak/bin/http-ok.sh localhost 9000 /nothing 2>/dev/null \
    || fail "the health check accepts a 404"
[ "$(timeout 30 "${compose[@]}" exec -T keycloak id -u | tr -d '\r')" = 1000 ] \
    || fail "Keycloak does not run as user 1000"
say "health checks hold; not root"

# What the images are made of: Keycloak's has one jar more, the MCP server's is small.
[ "$(timeout 30 "${compose[@]}" exec -T keycloak bash -c 'cd /opt/keycloak/providers && echo *.jar' | tr -d '\r')" = keycloak-mcp.jar ] \
    || fail "the image of Keycloak has other providers than this extension"
size=$(timeout 60 "${compose[@]}" exec -T mcp-server-a bash -c 'du -smc /opt/java /opt/mcp-server | tail -1 | cut -f1' | tr -d '\r')
((size < added_limit)) || fail "the image of the MCP server adds $size MB to its base, $added_limit are allowed"
say "the image of the MCP server adds $size MB to its base"

# token RESOURCE: the token stays in files of this run's own folder and is never printed.
token() {
    (umask 077; curl -fsS -m 10 -o "$work/token.json" "$issuer/protocol/openid-connect/token" \
        -d grant_type=client_credentials -d client_id=demo-machine -d client_secret=demo-machine-secret \
        --data-urlencode "resource=$1" 2>/dev/null \
        && sed -E 's/.*"access_token":"([^"]+)".*/header = "Authorization: Bearer \1"/' \
            "$work/token.json" > "$work/bearer")
}
await "demo-machine gets a token for $server_a" token "$server_a"

# call URL JSON: posts one MCP message with the token; prints the HTTP status, leaves headers and body in files.
call() {
    local session=()
    [ ! -s "$work/session" ] || session=(-H "Mcp-Session-Id: $(cat "$work/session")")
    curl -sS -m 20 -K "$work/bearer" -D "$work/headers" -o "$work/body" -w '%{http_code}' "${session[@]}" \
        -H 'Content-Type: application/json' -H 'Accept: application/json, text/event-stream' -d "$2" "$1"
}
initialize='{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},
    "clientInfo":{"name":"docker-check","version":"1"}}}'
expect() { [ "$2" = "$3" ] || { head -c 2000 "$work/body" >&2 || true; fail "$1: expected HTTP $2, got $3"; }; }

expect "initialize on server A" 200 "$(call "$server_a" "$initialize")"
sed -nE 's/^mcp-session-id: *([^[:space:]]+).*/\1/Ip' "$work/headers" > "$work/session"
call "$server_a" '{"jsonrpc":"2.0","method":"notifications/initialized"}' >/dev/null
expect "whoami on server A" 200 \
    "$(call "$server_a" '{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"whoami","arguments":{}}}')"
for wanted in demo-machine "$server_a"; do
    grep -qF "$wanted" "$work/body" || { head -c 2000 "$work/body" >&2; fail "whoami does not mention $wanted"; }
done
! grep -qF "$server_b" "$work/body" || fail "the token for server A names server B"
say "whoami on server A: 200"

: > "$work/session"
expect "server A's token on server B" 401 "$(call "$server_b" "$initialize")"
say "server A's token on server B: 401"
await "demo-machine gets a token for $server_b" token "$server_b"
expect "server B's token on server B" 200 "$(call "$server_b" "$initialize")"
say "server B's token on server B: 200"

# With a database of its own, the realm outlives the container.
if [ "$#" -gt 0 ]; then
    run 300 "${compose[@]}" up -d --no-deps --force-recreate keycloak
    await "a new container knows the realm and demo-machine" token "$server_a"
fi
