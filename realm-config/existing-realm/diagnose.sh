#!/usr/bin/env bash
# Why a client cannot connect, readably; fails if anything is in its way.
#   diagnose.sh REALM [--resource URI] [--client ID]
# Needs jq, and kcadm.sh on the PATH, logged in (kcadm.sh config credentials …).
set -euo pipefail
realm=${1:?usage: diagnose.sh REALM [--resource URI] [--client ID]}
shift
query=()
while [ $# -ge 2 ]; do
    case $1 in
        --resource | --client) query+=(-q "${1#--}=$2") ;;
        *) echo "unknown option $1" >&2; exit 2 ;;
    esac
    shift 2
done
kcadm.sh get mcp/diagnosis -r "$realm" ${query[@]+"${query[@]}"} | jq -r '
    "\(.issuer) on Keycloak \(.keycloak)\n",
    (.findings[] | "\(.severity | ascii_upcase)  \(.id)\n  \(.what)\n  → \(.fix)\n"),
    (.refusals[] | "REFUSED  \(.time / 1000 | todate)  \(.client // "no client")  \(.error): \(.reason)\n  → \(.fix)\n"),
    if .ok then "Nothing is in the way." else ("Errors have to be fixed first.\n" | halt_error(1)) end'
