#!/bin/sh
# Adds both servers to Claude Code; log in with /mcp inside it.
claude mcp add --transport http example-a http://localhost:3001/mcp
claude mcp add --transport http example-b http://localhost:3002/mcp
