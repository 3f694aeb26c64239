# Enables an existing realm for MCP with the same call as kcadm.sh, and takes everything out again on destroy.
# Needs kcadm.sh on the PATH, logged in: kcadm.sh config credentials --server https://… --realm master --client … --secret …

terraform {
  required_version = ">= 1.4"
}

variable "realm" {
  description = "Name of the realm, which has to exist"
  type        = string
}

variable "servers" {
  description = "URI of each MCP server, exactly as the server checks it in aud"
  type        = list(string)
}

variable "settings" {
  description = "Other members of the document, such as knownClients or trustedHosts (docs/admin-api.yaml). What is not named stays as it is"
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

# A change of the document is one more call, never a destroy: in between, nobody could register.
resource "terraform_data" "mcp_document" {
  triggers_replace = [terraform_data.mcp.id, local.document]

  provisioner "local-exec" {
    command     = "printf %s \"$MCP\" | kcadm.sh update mcp -r \"$REALM\" -f - -o"
    environment = { REALM = var.realm, MCP = local.document }
  }
}
