import { parseArgs } from 'node:util';

/**
 * Runs a script's main function with its command-line options and prints its result as the one line of output;
 * a failure is told on the error stream and in the exit code. The user's password comes by environment.
 *
 * @param {object} options as in `node:util` parseArgs
 * @param {(values: object) => Promise<object>} main the script
 */
export async function run(options, main) {
    const deadline = setTimeout(() => fail(new Error('no result after 240 seconds')), 240_000);
    try {
        const { values } = parseArgs({ options: { username: { type: 'string' }, ...options } });
        const username = required(values.username, '--username');
        const user = { username, password: required(process.env.MCP_PASSWORD, 'MCP_PASSWORD') };
        const result = await main({ ...values, user });
        process.stdout.write(`${JSON.stringify(result)}\n`, () => process.exit(0));
    } catch (error) {
        fail(error);
    } finally {
        clearTimeout(deadline);
    }
}

/** The value of an option that a script cannot do without. */
export function required(value, name) {
    if (value === undefined || value.length === 0) {
        throw new Error(`${name} is missing`);
    }
    return value;
}

/** The results of an action on each item, one after the other. */
export async function inTurn(items, action) {
    const results = [];
    for (const item of items) {
        results.push(await action(item));
    }
    return results;
}

/** What a registration endpoint answered, without what must stay secret. */
export function withoutSecrets({ client_secret, registration_access_token, ...rest }) {
    return rest;
}

function fail(error) {
    const root = deepestCause(error);
    process.stderr.write(`${error.message}\n${root.stack ?? root}\n`, () => process.exit(1));
}

function deepestCause(error) {
    return error.cause instanceof Error ? deepestCause(error.cause) : error;
}
