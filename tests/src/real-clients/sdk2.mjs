import { createRequire } from 'node:module';
import {
    auth,
    Client,
    refreshAuthorization,
    StreamableHTTPClientTransport,
    UnauthorizedError,
} from '@modelcontextprotocol/client';
import { mainJob } from './scenario.mjs';

/** The main job with the official TypeScript SDK, major version 2, which also checks the answer's `iss` (RFC 9207). */
const { version } = createRequire(import.meta.url)('./node_modules/@modelcontextprotocol/client/package.json');

await mainJob(`@modelcontextprotocol/client ${version}`, {
    Client,
    StreamableHTTPClientTransport,
    UnauthorizedError,
    auth,
    refreshAuthorization,
    refreshesInPlaceOfAsking: false,
    answer: (parameters) => ({ authorizationCode: parameters.get('code'), iss: parameters.get('iss') ?? undefined }),
    finish: (transport, parameters) => transport.finishAuth(parameters),
});
