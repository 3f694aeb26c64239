# Enables an existing realm for MCP with the same call as kcadm.sh, and disables MCP on destroy.
# Needs kcadm.sh on the PATH, logged in: kcadm.sh config credentials --server https://… --realm master --client … --secret …

terraform {
  required_version = ">= 1.4"
}

variable "realm" {
  description = "Name of an existing realm"
  type        = string
}

variable "servers" {
  description = "URI of each MCP server, exactly as the server checks it in aud"
  type        = list(string)
}

variable "settings" {
  description = "Other members of the document, such as knownClients or trustedHosts (docs/admin-api.yaml). Absent members keep their value"
  type        = any
  default     = {}
}

locals {
  document = jsonencode(merge(var.settings, { servers = var.servers }))
}

resource "terraform_data" "mcp" {
  triggers_replace = var.realm

  provisioner "local-exec" {
    when        = destroy
    command     = "kcadm.sh delete mcp -r \"$REALM\""
    environment = { REALM = self.triggers_replace }
  }
}

# A change of the document makes one more call, without a destroy in between: clients could not register meanwhile.
resource "terraform_data" "mcp_document" {
  triggers_replace = [terraform_data.mcp.id, local.document]

  provisioner "local-exec" {
    command     = "printf %s \"$MCP\" | kcadm.sh update mcp -r \"$REALM\" -f - -o"
    environment = { REALM = var.realm, MCP = local.document }
  }
}
