import { required, run } from './arguments.mjs';
import { Chromium } from './chromium.mjs';

/**
 * An administrator uses the admin page: logs in, looks, diagnoses, adds a server, filters, removes a client.
 *
 * Options: `--page` (its address), `--pictures` (a folder for screenshots), `--username`; the password as MCP_PASSWORD.
 */
const options = { page: { type: 'string' }, pictures: { type: 'string' } };
await run(options, async ({ user, page: address, pictures }) => {
    const chromium = await Chromium.open(user);
    try {
        return await use(chromium.page, chromium, required(address, '--page'), pictures);
    } catch (error) {
        throw new Error(`${error.message}; the page says: ${await chromium.text()}`, { cause: error });
    } finally {
        await chromium.close();
    }
});

async function use(page, chromium, address, pictures) {
    const problems = [];
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('dialog', (dialog) => dialog.accept());
    const rows = (part) => page.locator(`${part} tbody tr`);
    const shot = (name) => pictures && page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true });
    await page.setViewportSize({ width: 1100, height: 900 });

    await page.goto(address);
    await chromium.passKeycloak(page.locator('mcp-clients h2'));
    const report = { url: page.url(), servers: await rows('mcp-servers').allInnerTexts() };
    report.clients = await rows('mcp-clients').allInnerTexts();
    report.markup = await page.locator('mcp-clients b, mcp-clients img').count();
    report.refusals = await rows('mcp-diagnosis').allInnerTexts();
    await shot('admin-page');

    await page.getByLabel('MCP server (URI)').fill('https://unknown.example/mcp');
    await page.getByRole('button', { name: 'Diagnose' }).click();
    await page.locator('.finding.error').first().waitFor();
    report.findings = await page.locator('.finding').allInnerTexts();
    await shot('admin-page-diagnosis');

    await page.getByLabel('URI of an MCP server').fill('https://added.example/mcp');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await rows('mcp-servers').filter({ hasText: 'https://added.example/mcp' }).waitFor();

    await page.getByLabel('Name or client ID').fill('Second');
    await page.getByRole('button', { name: 'Filter', exact: true }).click();
    await rows('mcp-clients').filter({ hasText: 'First' }).waitFor({ state: 'detached' });
    report.filtered = await rows('mcp-clients').allInnerTexts();
    await rows('mcp-clients').getByRole('button', { name: 'Remove' }).first().click();
    await page.locator('#status', { hasText: '1 removed' }).waitFor();
    report.left = await rows('mcp-clients').count();
    return { ...report, problems };
}
