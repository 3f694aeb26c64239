/** Small things that every client's script asks of an MCP server or of a token. */

/** What the tool `whoami` answers through a connected SDK client. */
export async function whoami(client) {
    const result = await client.callTool({ name: 'whoami', arguments: {} });
    if (result.isError) {
        throw new Error(`whoami: ${result.content[0].text}`);
    }
    return JSON.parse(result.content[0].text);
}

/** What the tool `add` answers through a connected SDK client. */
export async function add(client) {
    const result = await client.callTool({ name: 'add', arguments: { a: 2, b: 3 } });
    return result.content[0].text;
}

/** Whether an MCP server opens a session to a token; a refusal has to be a 401 or 403. */
export async function isLetIn(server, accessToken) {
    const response = await fetch(server, {
        method: 'POST',
        headers: {
            accept: 'application/json, text/event-stream',
            authorization: `Bearer ${accessToken}`,
            'content-type': 'application/json',
        },
        body: JSON.stringify({
            jsonrpc: '2.0',
            id: 1,
            method: 'initialize',
            params: {
                protocolVersion: '2025-06-18',
                capabilities: {},
                clientInfo: { name: 'keycloak-mcp-tests', version: '1.0.0' },
            },
        }),
    });
    await response.body?.cancel();
    if (![200, 401, 403].includes(response.status)) {
        throw new Error(`${server} answered ${response.status}`);
    }
    return response.status === 200;
}

/** The claims of an access token. */
export function accessTokenClaims(jwt) {
    return JSON.parse(Buffer.from(jwt.split('.')[1], 'base64url').toString());
}
