#!/bin/bash
# Succeeds when http://HOST:PORT/PATH answers 200. Plain bash, because the Keycloak image has neither curl nor wget.
#   http-ok.sh HOST PORT PATH
exec 2>/dev/null
exec 3<>"/dev/tcp/$1/$2" || exit 1
printf 'GET %s HTTP/1.1\r\nHost: %s:%s\r\nConnection: close\r\n\r\n' "$3" "$1" "$2" >&3
read -r -t 5 _ status _ <&3 && [ "$status" = 200 ]
