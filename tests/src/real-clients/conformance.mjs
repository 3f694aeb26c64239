import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { discoverAuthorizationServerMetadata, registerClient } from '@modelcontextprotocol/client';
import { required, run, withoutSecrets } from './arguments.mjs';
import { Browser } from './login.mjs';
import { freePort } from './processes.mjs';

/**
 * The official MCP conformance suite against an authorization server. The suite prints the authorization URL for a
 * human to open; the scripted user opens it. All scenarios run in one go, because the later ones read the metadata
 * that the first one found. The client they use registers itself first, as any MCP client would.
 *
 * Options: `--issuer`, `--resource` (the MCP server the token is for), `--username`; the password as MCP_PASSWORD.
 */
const suite = fileURLToPath(new URL('./node_modules/@modelcontextprotocol/conformance/dist/index.js', import.meta.url));

const options = { issuer: { type: 'string' }, resource: { type: 'string' } };

await run(options, async ({ user, issuer, resource }) => {
    required(issuer, '--issuer');
    required(resource, '--resource');
    if (Number.parseInt(process.versions.node, 10) < 22) {
        throw new Error(`the conformance suite needs Node 22 or newer, this is ${process.version}`);
    }
    const port = await freePort();
    const metadata = await discoverAuthorizationServerMetadata(issuer);
    const client = await register(issuer, metadata, `http://127.0.0.1:${port}/callback`);
    const reports = await mkdtemp(path.join(tmpdir(), 'mcp-conformance-'));
    try {
        const args = ['authorization', '--url', issuer, '--resource', resource, '--client-id', client.client_id];
        args.push('--port', String(port), '--output-dir', reports);
        const browser = new Browser(user);
        const exitCode = await runSuite(args, (line) => {
            const url = line.startsWith(`${metadata.authorization_endpoint}?`) ? new URL(line) : undefined;
            return url ? authorize(browser, url) : undefined;
        });
        const scenarios = await read(reports);
        return { node: process.version, exitCode, registration: withoutSecrets(client), scenarios };
    } finally {
        await rm(reports, { recursive: true });
    }
});

function register(issuer, metadata, redirectUri) {
    const clientMetadata = {
        client_name: 'MCP conformance suite',
        redirect_uris: [redirectUri],
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        token_endpoint_auth_method: 'none',
    };
    return registerClient(issuer, { metadata, clientMetadata });
}

async function authorize(browser, url) {
    const { callback } = await browser.authorize(url, url.searchParams.get('redirect_uri'));
    const delivered = await fetch(callback);
    await delivered.body?.cancel();
}

/** Runs the suite and hands every line it prints to `onLine`; the suite ends with the first failure of that. */
async function runSuite(args, onLine) {
    const child = spawn(process.execPath, [suite, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
    process.once('exit', () => child.kill());
    try {
        for await (const line of createInterface({ input: child.stdout })) {
            await onLine(line.trim());
        }
        return await ended;
    } finally {
        child.kill();
    }
}

/** The suite's own reports: for each scenario its checks, reduced to outcome and reason. */
async function read(reports) {
    const scenarios = {};
    for (const folder of (await readdir(reports)).sort()) {
        const checks = JSON.parse(await readFile(path.join(reports, folder, 'checks.json'), 'utf8'));
        const scenario = folder.replace(/^authorization-server-(.+?)-\d{4}-\d\d-\d\dT.*$/, '$1');
        scenarios[scenario] = checks.map(({ id, status, errorMessage }) => ({ id, status, errorMessage }));
    }
    return scenarios;
}
