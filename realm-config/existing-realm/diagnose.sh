#!/usr/bin/env bash
# Diagnoses why a client cannot connect. Exits with a non-zero status if the diagnosis finds an error.
#   diagnose.sh REALM [--resource URI] [--client ID] [--user NAME] [--metadata] [--documents]
#   --user checks whether this user would get a token; needs the permission view-users
#   --metadata also reads the metadata of the MCP server
#   --documents also loads the metadata documents of known clients, or of the one that --client names
# Needs jq, and kcadm.sh on the PATH, logged in (kcadm.sh config credentials …).
set -euo pipefail
usage="usage: diagnose.sh REALM [--resource URI] [--client ID] [--user NAME] [--metadata] [--documents]"
realm=${1:?$usage}
shift
query=()
while [ $# -gt 0 ]; do
    case $1 in
        --resource | --client | --user)
            [ $# -ge 2 ] || { echo "$1 needs a value; $usage" >&2; exit 2; }
            query+=(-q "${1#--}=$2")
            shift 2 ;;
        --metadata | --documents)
            query+=(-q "${1#--}=true")
            shift ;;
        *) echo "unknown option $1; $usage" >&2; exit 2 ;;
    esac
done
kcadm.sh get mcp/diagnosis -r "$realm" ${query[@]+"${query[@]}"} | jq -r '
    "\(.issuer) on Keycloak \(.keycloak)\n",
    (.findings[] | "\(.severity | ascii_upcase)  \(.id)\n  \(.what)\n  → \(.fix)\n"),
    (.refusals[] | "REFUSED  \(.time / 1000 | todate)  \(.client // "no client")  \(if .user then .user + "  " else "" end)\(.error): \(.reason)\n  → \(.fix)\n"),
    if .ok then "No problem found." else ("Fix the errors first.\n" | halt_error(1)) end'
