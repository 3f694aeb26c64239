#!/bin/bash
# Adds the demo users and the demo machine client to a running Keycloak, then ends. Run by compose.yaml, once per
# "up"; what is there already is left as it is. Keycloak's start-up import does not merge two files of one realm, so
# the demo part, which must not be in the image, comes in through the partial import of the Admin REST API.
set -euo pipefail

server=http://keycloak:8080
config=$(mktemp)
trap 'rm -f "$config"' EXIT

# Waits here instead of through depends_on, since not every container engine computes health states.
for ((i = 0; ; i++)); do
    bash /opt/keycloak/bin/http-ok.sh keycloak 9000 /health/ready && break
    ((i < WAIT_SECONDS)) || { echo "demo-setup: Keycloak is not ready after $WAIT_SECONDS seconds" >&2; exit 1; }
    sleep 1
done

kcadm() { /opt/keycloak/bin/kcadm.sh "$@" --config "$config"; }

# The password is read from KC_CLI_PASSWORD.
kcadm config credentials --server "$server" --realm master --user "$ADMIN_USERNAME"
kcadm create partialImport --target-realm mcp --file /demo/demo-realm.json --set ifResourceExists=SKIP --output
# A partial import creates the client but not its service account; saving the client does.
id=$(kcadm get clients --target-realm mcp --query clientId=demo-machine --fields id --format csv --noquotes)
kcadm update "clients/$id" --target-realm mcp --set serviceAccountsEnabled=true
echo "demo-setup: done"
