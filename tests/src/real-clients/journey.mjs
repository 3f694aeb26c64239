import { inTurn } from './arguments.mjs';
import { isLetIn } from './mcp.mjs';

/**
 * A client program with one MCP server.
 *
 * @typedef {{url: string, firstUse: () => Promise<object>, useAfterExpiry?: () => Promise<object>,
 *     accessToken: () => Promise<string>}} Program
 */

/**
 * Each program from the first 401 to a tool call, then a refresh if it can do one, then its token at the servers of the others.
 *
 * @param {Program[]} programs one for each MCP server
 * @returns {Promise<object[]>} what happened at each server
 */
export async function journey(programs) {
    const servers = await inTurn(programs, (program) => program.firstUse());
    for (const [index, program] of programs.entries()) {
        servers[index].refresh = await program.useAfterExpiry?.();
        const token = await program.accessToken();
        const others = programs.filter((other) => other !== program).map(({ url }) => url);
        servers[index].elsewhere = await inTurn(others, async (url) => ({
            server: url,
            accepted: await isLetIn(url, token),
        }));
    }
    return servers;
}
