import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import { inTurn, run } from './arguments.mjs';
import { launch } from './chromium.mjs';

/** Somebody with a browser window of their own. */
class Person {
    #context;
    #page;
    #asked = [];
    #runsScripts;

    static async with(browser, { width = 1100, dark = false, javaScript = true, locale = 'en' }) {
        const context = await browser.newContext({
            viewport: { width, height: 800 },
            colorScheme: dark ? 'dark' : 'light',
            javaScriptEnabled: javaScript,
            locale,
        });
        return new Person(context, javaScript);
    }

    constructor(context, runsScripts) {
        this.#context = context;
        this.#runsScripts = runsScripts;
    }

    async visit({ url, act = 'look', shot }, user, axe) {
        await this.#open();
        await this.#until(() => this.#page.goto(url), url, 'input[name=password], [name=accept], #kc-error-message');
        const password = this.#page.locator('input[name=password]');
        if (!this.#answer(url) && (await password.isVisible())) {
            await this.#page.fill('input[name=username]', user.username);
            await password.fill(user.password);
            await this.#until(() => password.press('Enter'), url, '[name=accept], #kc-error-message');
        }
        if (this.#answer(url)) {
            return { answer: this.#answer(url) };
        }
        const seen = await this.#look(axe);
        if (shot) {
            await this.#page.screenshot({ path: shot, fullPage: true, animations: 'disabled' });
        }
        const outside = this.#asked.filter(({ origin }) => origin !== new URL(url).origin).map(({ host }) => host);
        if (act !== 'look') {
            await this.#reach(act);
            await this.#until(() => this.#page.keyboard.press('Enter'), url);
        }
        return { ...seen, outside, answer: this.#answer(url) };
    }

    /** Nobody listens where the client would; what the browser asked for there is the answer. */
    #answer(url) {
        const left = this.#asked.find((asked) => isAnswer(asked, url));
        return left && Object.fromEntries([...left.searchParams].filter(([name]) => ['code', 'error'].includes(name)));
    }

    /** A window for each visit: one that is on its way to a client that does not answer takes no other address. */
    async #open() {
        const page = await this.#context.newPage();
        await this.#page?.close();
        page.setDefaultTimeout(60_000);
        this.#asked = [];
        page.on('request', (request) => this.#asked.push(new URL(request.url())));
        this.#page = page;
    }

    /** Waits for what an action leads to: the client's answer, or something that shows. */
    async #until(action, url, selector) {
        const answered = this.#page.waitForRequest((request) => isAnswer(new URL(request.url()), url)).catch(() => {});
        const shown = action()
            .catch(() => {})
            .then(() => (selector ? this.#page.locator(selector).first().waitFor() : answered));
        await Promise.race([answered, shown]);
    }

    /** Tabs to a button; a page on which that takes more steps than there are things to reach is a trap. */
    async #reach(name) {
        await this.#page.locator('body').evaluate(() => document.activeElement?.blur());
        for (let steps = 0; steps < 20; steps++) {
            await this.#page.keyboard.press('Tab');
            if ((await this.#page.evaluate(() => document.activeElement?.getAttribute('name'))) === name) {
                return;
            }
        }
        throw new Error(`the keyboard does not reach ${name}`);
    }

    async #look(axe) {
        const page = this.#page;
        const facts = await page.evaluate(() => {
            const text = (selector) => document.querySelector(selector)?.innerText ?? null;
            const box = (name) => {
                const rect = document.querySelector(`[name=${name}]`)?.getBoundingClientRect();
                return rect ? [Math.round(rect.width), Math.round(rect.height)] : null;
            };
            return {
                text: document.body.innerText,
                language: document.documentElement.lang,
                who: text('#mcp-who dd'),
                where: text('#mcp-where dd'),
                server: text('#mcp-server dd'),
                warnings: [...document.querySelectorAll('.mcp-warning')].map((warning) => warning.innerText),
                elementsInName: document.querySelectorAll('#mcp-who .mcp-name *').length,
                nameHeight: document.querySelector('#mcp-who .mcp-name')?.getBoundingClientRect().height ?? 0,
                links: [...document.querySelectorAll('main a')].map((link) => link.getAttribute('href')),
                images: document.querySelectorAll('main img').length,
                overflows: document.documentElement.scrollWidth > document.documentElement.clientWidth,
                background: getComputedStyle(document.querySelector('main')).backgroundColor,
                accept: box('accept'),
                cancel: box('cancel'),
            };
        });
        if (this.#runsScripts) {
            await page.evaluate(axe);
            const { violations } = await page.evaluate(() => window.axe.run(document));
            facts.violations = violations
                .filter(({ impact }) => ['serious', 'critical'].includes(impact))
                .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ').slice(0, 300)}`);
        }
        return facts;
    }
}

function isAnswer(asked, url) {
    return asked.origin !== new URL(url).origin && asked.searchParams.has('state');
}

/**
 * A person looks at pages of Keycloak and answers them with the keyboard alone.
 *
 * Options: `--visit` (JSON, once per visit, in order): `person` (visits of one person share cookies and settings),
 * `url`, `act` (`look`, `accept` or `cancel`), and of a person's first visit `width`, `dark`, `javaScript`, `locale`;
 * `shot` is a file for a picture of the page. The password comes as MCP_PASSWORD.
 */
await run({ visit: { type: 'string', multiple: true, default: [] } }, async ({ user, visit }) => {
    const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    const browser = await launch();
    const people = new Map();
    try {
        return await inTurn(visit.map((text) => JSON.parse(text)), async (asked) => {
            if (!people.has(asked.person)) {
                people.set(asked.person, await Person.with(browser, asked));
            }
            return people.get(asked.person).visit(asked, user, axe);
        });
    } finally {
        await browser.close();
    }
});
