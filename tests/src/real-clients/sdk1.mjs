import { createRequire } from 'node:module';
import { auth, refreshAuthorization, UnauthorizedError } from '@modelcontextprotocol/sdk/client/auth.js';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { mainJob } from './scenario.mjs';

/** The main job with the official TypeScript SDK, major version 1. */
const { version } = createRequire(import.meta.url)('./node_modules/@modelcontextprotocol/sdk/package.json');

await mainJob(`@modelcontextprotocol/sdk ${version}`, {
    Client,
    StreamableHTTPClientTransport,
    UnauthorizedError,
    auth,
    refreshAuthorization,
    refreshesInPlaceOfAsking: true, // when a server answers insufficient_scope
    answer: (parameters) => ({ authorizationCode: parameters.get('code') }),
    finish: (transport, parameters) => transport.finishAuth(parameters.get('code')),
});
