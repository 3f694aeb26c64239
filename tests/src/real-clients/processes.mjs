import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';

/** A port of this computer that was free a moment ago. */
export function freePort() {
    return new Promise((resolve, reject) => {
        const server = createServer();
        server.once('error', reject).listen(0, '127.0.0.1', () => {
            const { port } = server.address();
            server.close(() => resolve(port));
        });
    });
}

/**
 * Starts a Node program and waits for a line that it prints; it ends with this process.
 *
 * @param {string[]} args the program and its arguments
 * @param {object} env all of its environment
 * @param {RegExp} ready the line
 * @returns {Promise<() => Promise<void>>} what ends it
 */
export async function startServer(args, env, ready) {
    const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const ended = new Promise((resolve) => child.once('close', resolve));
    const said = [];
    const up = new Promise((resolve, reject) => {
        for (const input of [child.stdout, child.stderr]) {
            createInterface({ input }).on('line', (line) => {
                said.push(line);
                if (ready.test(line)) {
                    resolve();
                }
            });
        }
        ended.then((code) => reject(new Error(`${args[0]} ended with ${code}: ${said.join(' | ').slice(-2000)}`)));
    });
    process.once('exit', () => child.kill());
    await up;
    return async () => {
        child.kill();
        await ended;
    };
}
