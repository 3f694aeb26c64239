import { required, run } from './arguments.mjs';
import { Chromium } from './chromium.mjs';
import { faint } from './contrast.mjs';

class AdminPage {
    #problems = [];
    #chromium;
    #page;
    #address;

    constructor(chromium, address) {
        this.#chromium = chromium;
        this.#page = chromium.page;
        this.#address = address;
        this.#page.on('console', (message) => message.type() === 'error' && this.#problems.push(message.text()));
        this.#page.on('pageerror', (error) => this.#problems.push(error.message));
        this.#page.on('dialog', (dialog) => dialog.accept());
    }

    async open() {
        await this.#page.setViewportSize({ width: 1200, height: 900 });
        await this.#page.goto(this.#address);
        await this.#chromium.passKeycloak(this.#page.locator('mcp-clients tbody'));
        await this.#rows('mcp-servers').first().waitFor();
        await this.#page.locator('mcp-diagnosis h3').first().waitFor();
    }

    async photograph(folder) {
        await this.#page.getByLabel('URI of the MCP server').first().fill('https://billing-de.example.com');
        await this.#page.getByLabel('Client ID or known client').fill('vscode');
        await this.#page.keyboard.press('Enter');
        await this.#page.locator('.answer > *').first().waitFor();
        for (const colorScheme of ['light', 'dark']) {
            await this.#page.emulateMedia({ colorScheme });
            for (const width of [1200, 400]) {
                await this.#page.setViewportSize({ width, height: 900 });
                const name = `admin-page${colorScheme === 'dark' ? '-dark' : ''}${width === 400 ? '-phone' : ''}`;
                await this.#page.screenshot({ path: `${folder}/${name}.png`, fullPage: width !== 400 });
            }
        }
        return { problems: this.#problems };
    }

    async use() {
        const page = this.#page;
        const report = {
            url: page.url(),
            language: await page.locator('html').getAttribute('lang'),
            title: await page.title(),
            servers: await this.#rows('mcp-servers').allInnerTexts(),
            clients: await this.#rows('mcp-clients').allInnerTexts(),
            markup: await page.locator('mcp-clients b, mcp-clients img').count(),
            refusals: await this.#rows('mcp-diagnosis').allInnerTexts(),
            console: await this.#rows('mcp-clients').first().getByRole('link').getAttribute('href'),
            first: await page.locator('#parts > *').first().evaluate((part) => part.localName),
            font: await page.locator('body').evaluate((body) => getComputedStyle(body).fontFamily),
        };
        Object.assign(report, await this.#looks());
        report.findings = await this.#diagnose();
        report.faint = await this.#faint();
        await this.#addServer('https://added.example/mcp');
        report.pages = await this.#turnPages();
        report.filtered = await this.#search('Second');
        report.disabled = await this.#act('Disable Second', 'is disabled');
        report.enabled = await this.#act('Enable Second', 'is enabled');
        report.loggedOut = await this.#act('Log out Second', 'is logged out');
        report.kept = await this.#signInAgain();
        await this.#act('Remove Second', 'removed');
        report.left = await this.#rows('mcp-clients').count();
        return { ...report, problems: this.#problems };
    }

    /** How wide the page is at 400 px, its background in the dark, and what a screen reader would miss. */
    async #looks() {
        const page = this.#page;
        const background = () => page.locator('mcp-clients').evaluate((part) => getComputedStyle(part).backgroundColor);
        const light = await background();
        await page.emulateMedia({ colorScheme: 'dark' });
        const dark = await background();
        await page.setViewportSize({ width: 400, height: 900 });
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        await page.emulateMedia({ colorScheme: 'light' });
        await page.setViewportSize({ width: 1200, height: 900 });
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        return { light, dark, width, wide, unnamed: await page.evaluate(unnamed) };
    }

    /** What is hard to read, in light and dark. */
    async #faint() {
        const light = await this.#page.evaluate(faint);
        await this.#page.emulateMedia({ colorScheme: 'dark' });
        await this.#page.waitForTimeout(500); // colours change by degrees
        const badges = this.#page.locator('.pf-v5-c-label__text');
        await badges.first().evaluate((badge) => (badge.style.color = '#888')); // to show that it would be found
        const probe = await this.#page.evaluate(faint);
        await badges.first().evaluate((badge) => (badge.style.color = ''));
        const dark = await this.#page.evaluate(faint);
        await this.#page.emulateMedia({ colorScheme: 'light' });
        return { texts: [...light, ...dark.map((text) => `dark ${text}`)], probe: probe.length - dark.length };
    }

    /** The question is asked with the keyboard alone. */
    async #diagnose() {
        const page = this.#page;
        await page.getByLabel('URI of the MCP server').first().focus();
        await page.keyboard.type('https://unknown.example/mcp');
        await page.keyboard.press('Enter');
        await page.locator('.answer [data-severity=error]').first().waitFor();
        const findings = await page.locator('.answer > *').allInnerTexts();
        await page.getByLabel('Username (optional)').fill('bob');
        await page.getByLabel('Read the server').check();
        await page.getByLabel('Load the documents').check();
        const parameters = await this.#withoutInternet(() => page.getByRole('button', { name: 'Diagnose' }).click());
        return [...findings, `asked: ${['user', 'metadata', 'documents'].map((name) => parameters.get(name)).join(' ')}`];
    }

    /** What is asked of diagnosis; the server gets the question without documents, which it would load from their vendors. */
    async #withoutInternet(action) {
        const asked = new Promise((resolve) => {
            this.#page.route('**/diagnosis?*', (route) => {
                const url = route.request().url();
                resolve(new URL(url).searchParams);
                return route.continue({ url: url.replace('&documents=true', '') });
            }, { times: 1 });
        });
        await action();
        return asked;
    }

    async #addServer(uri) {
        await this.#page.locator('input[name=server-added]').fill(uri);
        await this.#page.getByRole('button', { name: 'Add', exact: true }).click();
        await this.#rows('mcp-servers').filter({ hasText: uri }).waitFor();
        await this.#rows('mcp-servers').nth(1).waitFor({ state: 'detached' });
    }

    async #turnPages() {
        const names = () => this.#rows('mcp-clients').allInnerTexts();
        const [before, after] = ['Previous page', 'Next page'].map((name) => this.#page.locator('mcp-clients').getByRole('button', { name }));
        const first = await names();
        await this.#answered('/mcp/clients?', () => after.click());
        const second = await names();
        await this.#answered('/mcp/clients?', () => before.click());
        return { first, second, again: await names() };
    }

    async #search(text) {
        await this.#page.getByLabel('Name or client ID contains').fill(text);
        await this.#answered('/mcp/clients?', () => this.#page.locator('mcp-clients').getByRole('button', { name: 'Search' }).click());
        return this.#rows('mcp-clients').allInnerTexts();
    }

    async #act(button, said) {
        await this.#page.getByRole('button', { name: button }).click();
        await this.#page.locator('#status', { hasText: said }).waitFor();
        return this.#rows('mcp-clients').allInnerTexts();
    }

    /** The token is refused once, as it is after five minutes. Afterwards the search is the same. */
    async #signInAgain() {
        const page = this.#page;
        const before = this.#problems.length;
        await page.route('**/mcp/clients?*', (route) => route.fulfill({ status: 401, json: { error: 'HTTP 401 Unauthorized' } }), { times: 1 });
        await page.locator('mcp-clients').getByRole('button', { name: 'Search' }).click();
        await page.locator('#status', { hasText: /your login has expired/i }).waitFor();
        this.#problems.splice(before);
        await this.#answered('/mcp/clients?', () => page.getByRole('button', { name: 'Sign in again' }).click());
        await this.#rows('mcp-clients').first().waitFor();
        return { search: await page.getByLabel('Name or client ID contains').inputValue(), clients: await this.#rows('mcp-clients').allInnerTexts() };
    }

    #rows(part) {
        return this.#page.locator(`${part} tbody tr`);
    }

    /** Does something that has a list asked for, and waits until it is shown. */
    async #answered(list, action) {
        const response = this.#page.waitForResponse((answer) => answer.url().includes(list) && answer.status() === 200);
        await action();
        await (await response).finished();
        await this.#page.waitForTimeout(200);
    }
}

/** Fields without a label, and buttons, links and tables without a name. */
function unnamed() {
    const named = (element) => element.ariaLabel || element.textContent.trim();
    return [
        ...[...document.querySelectorAll('input, select, textarea')].filter((field) => !field.labels.length),
        ...[...document.querySelectorAll('button, a, table, nav')].filter((element) => !named(element)),
    ].map((element) => element.outerHTML);
}

/**
 * An administrator uses the admin page: logs in, looks, diagnoses, adds a server, searches, pages, disables, logs out and
 * removes clients, and signs in again after the token has expired.
 *
 * Options: `--page` (its address), `--pictures` (a folder for screenshots of it, and nothing else is done), `--username`; the
 * password as MCP_PASSWORD.
 */
const options = { page: { type: 'string' }, pictures: { type: 'string' } };
await run(options, async ({ user, page: address, pictures }) => {
    const chromium = await Chromium.open(user);
    try {
        const shown = new AdminPage(chromium, required(address, '--page'));
        await shown.open();
        return pictures ? await shown.photograph(pictures) : await shown.use();
    } catch (error) {
        throw new Error(`${error.message}; the page says: ${await chromium.text()}`, { cause: error });
    } finally {
        await chromium.close();
    }
});
