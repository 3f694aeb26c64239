import { required, run } from './arguments.mjs';
import { Chromium } from './chromium.mjs';
import { faint } from './contrast.mjs';

/**
 * An administrator of a team uses the admin page: sees the servers of the team and who has access to one, diagnoses it, takes an
 * access back, adds a server and removes it.
 *
 * Options: `--page` (its address), `--server` (a server of the team to which users have access), `--added` (one to add),
 * `--pictures` (a folder for screenshots), `--username`; the password as MCP_PASSWORD.
 */
const options = { page: { type: 'string' }, server: { type: 'string' }, added: { type: 'string' }, pictures: { type: 'string' } };

await run(options, async ({ user, page: address, server, added, pictures }) => {
    const chromium = await Chromium.open(user);
    const page = chromium.page;
    const problems = [];
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('dialog', (dialog) => dialog.accept());
    const rows = (part) => page.locator(`${part} tbody tr`);
    const press = (name) => page.getByRole('button', { name, exact: true }).first().click();
    const said = (text) => page.locator('#status', { hasText: text }).waitFor();
    try {
        await page.setViewportSize({ width: 1200, height: 900 });
        await page.goto(required(address, '--page'));
        await chromium.passKeycloak(rows('mcp-servers').first());
        const report = {
            servers: await rows('mcp-servers').allInnerTexts(),
            parts: await page.locator('#parts > *').evaluateAll((parts) => parts.map((part) => part.localName)),
            links: await page.locator('#parts a').count(),
            fields: await page.locator('mcp-diagnosis input').evaluateAll((fields) => fields.map((field) => field.name)),
            hint: await page.locator('mcp-servers > small').innerText(),
        };
        await page.locator('input[name=resource]').fill(server);
        await press('Diagnose');
        await page.locator('.answer > *').first().waitFor();
        report.findings = await page.locator('.answer > *').allInnerTexts();
        report.refusals = await rows('mcp-diagnosis').allInnerTexts();
        await press(`Access to ${server}`);
        const approvals = page.locator('mcp-servers section tbody tr');
        await approvals.first().waitFor();
        report.approvals = await approvals.allInnerTexts();
        report.faint = await page.evaluate(faint);
        await page.screenshot({ path: `${pictures}/admin-page-team.png`, fullPage: true });
        await page.setViewportSize({ width: 400, height: 900 });
        report.width = await page.evaluate(() => document.documentElement.scrollWidth);
        await page.screenshot({ path: `${pictures}/admin-page-team-phone.png`, fullPage: true });
        await page.setViewportSize({ width: 1200, height: 900 });
        await page.locator('mcp-servers section button', { hasText: 'Revoke' }).first().click();
        await said('is revoked');
        report.left = await approvals.count();
        await page.locator('input[name=server-added]').fill(added);
        await press('Add');
        await said('was added');
        report.added = await rows('mcp-servers > div').allInnerTexts();
        await press(`Remove ${added}`);
        await said('was removed');
        return { ...report, problems };
    } catch (error) {
        throw new Error(`${error.message}; the page says: ${await chromium.text()}`, { cause: error });
    } finally {
        await chromium.close();
    }
});
