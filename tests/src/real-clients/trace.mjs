/**
 * What went over the wire, told without secrets: a `fetch` to hand to a client, which notes every exchange as one
 * word and status (`mcp 401`, `registration 201`, `token:refresh_token 200`).
 */
export class Trace {
    /** @type {string[]} every exchange in order */
    steps = [];
    /** The body of the last registration request: the client's own metadata. */
    registrationRequest;
    /** The OAuth error code of the last refused token request. */
    tokenError;
    #server;

    /** @param {string} server URL of the MCP server whose exchanges count as `mcp` */
    constructor(server) {
        this.#server = new URL(server).href;
    }

    fetch = async (input, init) => {
        const url = new URL(input instanceof Request ? input.url : input);
        const step = this.#name(url, init);
        const response = await fetch(input, init);
        this.steps.push(`${step} ${response.status}`);
        if (step === 'registration') {
            this.registrationRequest = JSON.parse(init.body);
        }
        if (step.startsWith('token:') && !response.ok) {
            this.tokenError = await errorCode(response.clone());
        }
        return response;
    };

    #name(url, init) {
        if (url.href === this.#server) {
            return 'mcp';
        }
        if (url.pathname.includes('/.well-known/oauth-protected-resource')) {
            return 'resource-metadata';
        }
        if (url.pathname.includes('/.well-known/')) {
            return 'authorization-server-metadata';
        }
        if (init?.body instanceof URLSearchParams) {
            return `token:${init.body.get('grant_type')}`;
        }
        return init?.method === 'POST' ? 'registration' : `other:${url.pathname}`;
    }
}

async function errorCode(response) {
    try {
        return (await response.json()).error;
    } catch {
        return 'not JSON';
    }
}
