#!/bin/sh
# Opens MCP Inspector on a server: ./inspector.sh [url]
exec npx -y @modelcontextprotocol/inspector --transport http --server-url "${1:-http://localhost:3001/mcp}"
