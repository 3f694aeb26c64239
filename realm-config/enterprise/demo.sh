#!/usr/bin/env bash
# Goes the whole way of enterprise-managed authorization on a running server: the company issues an identity assertion, the MCP
# realm turns it into a token. Settings: see README.md. Needs curl and jq.
set -euo pipefail
cd "$(dirname "$0")"
keycloak=${KEYCLOAK:-http://localhost:8080}
mcp=${MCP_REALM:-mcp}
company=${COMPANY_REALM:-company}
a=${MCP_SERVER_A:-http://localhost:3001/mcp}
b=${MCP_SERVER_B:-http://localhost:3002/mcp}

call() { curl --silent --show-error --fail-with-body "$@"; }
token() { # realm client secret form…
    local realm=$1 client=$2 secret=$3 form=()
    shift 3
    for parameter in "$@"; do form+=(--data-urlencode "$parameter"); done
    curl --silent --show-error -u "$client:$secret" "${form[@]}" "$keycloak/realms/$realm/protocol/openid-connect/token"
}
claims() { jq -R 'split(".")[1] | gsub("-"; "+") | gsub("_"; "/") | @base64d | fromjson' <<<"$1"; }
filled() {
    sed -e "s|\${MCP_ISSUER:[^}]*}|$keycloak/realms/$mcp|g" -e "s|\${COMPANY_ISSUER:[^}]*}|$keycloak/realms/$company|g" \
        -e "s|\${MCP_SERVER_A:[^}]*}|$a|g" -e "s|\${MCP_SERVER_B:[^}]*}|$b|g" -e "s|\${[A-Z_]*:\([^}]*\)}|\1|g" "$1"
}

administrator=$(call "$keycloak/realms/master/protocol/openid-connect/token" -d grant_type=password -d client_id=admin-cli \
    --data-urlencode "username=${ADMIN:-admin}" --data-urlencode "password=${ADMIN_PASSWORD:-admin}" | jq -r .access_token)
admin() { call -H "Authorization: Bearer $administrator" -H 'Content-Type: application/json' "$@"; }

echo "1. The company, and the trust of the realm $mcp in it"
admin -X DELETE "$keycloak/admin/realms/$company" >/dev/null 2>&1 || true
filled company-realm.json | jq --arg realm "$company" '.realm = $realm' |
    admin "$keycloak/admin/realms" --data-binary @-
filled mcp-trust.json | admin "$keycloak/admin/realms/$mcp/partialImport" --data-binary @- |
    jq -r '.results[] | "   \(.action) \(.resourceType) \(.resourceName)"'

echo "2. alice logs in to the assistant at the company"
login=$(token "$company" assistant assistant-at-the-company grant_type=password scope=openid username=alice password=alice)

exchange() {
    token "$company" assistant assistant-at-the-company grant_type=urn:ietf:params:oauth:grant-type:token-exchange \
        requested_token_type=urn:ietf:params:oauth:token-type:id-jag \
        subject_token_type=urn:ietf:params:oauth:token-type:id_token "subject_token=$(jq -r .id_token <<<"$login")" \
        "audience=$keycloak/realms/$mcp" "resource=$b" scope=mcp:tools
}
echo "3. The company issues an identity assertion for $b"
assertion=$(exchange | jq -r '.access_token // error(tostring)')
claims "$assertion"

echo "4. The realm $mcp issues a token for it"
access=$(token "$mcp" assistant-of-the-company assistant-at-the-mcp-realm \
    grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer "assertion=$assertion" | jq -r '.access_token // error(tostring)')
claims "$access" | jq '{iss, aud, scope, azp, preferred_username}'

echo "5. alice leaves the company"
alice=$(admin "$keycloak/admin/realms/$company/users?username=alice&exact=true" | jq '.[0] | .enabled = false')
admin -X PUT "$keycloak/admin/realms/$company/users/$(jq -r .id <<<"$alice")" --data-binary "$alice"
exchange | jq -e 'if .access_token then error("a token was issued") else "   \(.error): \(.error_description)" end' -r
