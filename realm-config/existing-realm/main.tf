# Enables an existing realm for MCP with the same call as kcadm.sh, and takes everything out again on destroy.
# Needs kcadm.sh on the PATH, logged in: kcadm.sh config credentials --server https://… --realm master --client … --secret …

variable "realm" {
  type = string
}

locals {
  mcp = {
    servers           = ["https://tools.example.com/mcp"]
    knownClients      = ["*"]
    trustedHosts      = []
    privateUseSchemes = []
    allowLoopback     = true
  }
}

resource "terraform_data" "mcp" {
  input            = var.realm
  triggers_replace = [var.realm]

  provisioner "local-exec" {
    when    = destroy
    command = "kcadm.sh delete mcp -r ${self.output}"
  }
}

# A change of the document is one more call, never a destroy: in between, nobody could register.
resource "terraform_data" "mcp_document" {
  depends_on       = [terraform_data.mcp]
  triggers_replace = [var.realm, jsonencode(local.mcp)]

  provisioner "local-exec" {
    command     = "printf %s \"$MCP\" | kcadm.sh update mcp -r ${var.realm} -f - -o"
    environment = { MCP = jsonencode(local.mcp) }
  }
}
