#!/bin/sh
# Opens MCP Inspector on a server: ./inspector.sh [url]
# With an older Node.js, npm silently installs an old Inspector that does not know these options.
node -e 'const [major, minor] = process.versions.node.split(".").map(Number); process.exit(major > 22 || (major === 22 && minor >= 19) ? 0 : 1)' ||
    { echo "MCP Inspector needs Node.js 22.19 or newer, this is $(node --version 2>/dev/null || echo none)" >&2; exit 1; }
exec npx -y @modelcontextprotocol/inspector --transport http --server-url "${1:-http://localhost:3001/mcp}"
