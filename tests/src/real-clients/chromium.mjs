import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { selectAll } from './choices.mjs';
import { asked } from './login.mjs';

/** A Chromium that reaches this computer only: what a page wants from elsewhere, fonts for example, is not found. */
export function launch() {
    const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
    const executablePath = process.env.CHROMIUM ?? places.find((place) => existsSync(place));
    if (executablePath === undefined) {
        throw new Error('Chromium is needed: .ci/chromium installs it on Debian, CHROMIUM names it elsewhere');
    }
    const onlyHere = '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1';
    return chromium.launch({ executablePath, args: [onlyHere] });
}

/** A user with a real Chromium. */
export class Chromium {
    /** Every authorization request of a page, with the answer's `iss`, in order. */
    authorizations = [];
    /** What the browser kept from a page because of CORS, in its own words. */
    blocked = [];
    /** What went wrong in the pages, in the browser's words and theirs, and where the browser went: for failed runs. */
    story = [];
    #browser;
    #user;
    #pages = [];

    /** @param {{username: string, password: string}} user who logs in and consents */
    static async open(user) {
        const browser = await launch();
        return new Chromium(user, browser, await browser.newPage());
    }

    constructor(user, browser, page) {
        this.#user = user;
        this.#browser = browser;
        this.page = page;
        page.setDefaultTimeout(60_000);
        page.context().on('request', (request) => this.#note(request)); // in popups too
        page.on('framenavigated', (frame) => this.#tell(frame.url()));
        page.on('console', (message) => {
            if (message.text().includes('blocked by CORS policy')) {
                this.blocked.push(message.text());
            }
            if (message.type() === 'error') {
                this.#tell(message.text());
            }
        });
    }

    /** Logs in and consents, whichever is asked for, until `done` shows; in `page`, which may be a popup. */
    async passKeycloak(done, page = this.page) {
        const password = page.locator('input[name=password]');
        const accept = page.locator('[name=accept]');
        for (;;) {
            await password.or(accept).or(done).first().waitFor();
            if (await password.isVisible()) {
                await page.fill('input[name=username]', this.#user.username);
                await password.fill(this.#user.password);
                await this.#submit('login', page, page.locator('[type=submit]').first());
            } else if (await accept.isVisible()) {
                await this.#submit('consent', page, accept, await selectAll(page));
            } else {
                return;
            }
        }
    }

    /** What the page says and how the browser came there, for messages of failed runs. */
    async text() {
        const text = await this.page.locator('body').innerText();
        return `${text.replace(/\s+/g, ' ').slice(0, 2000)}; before: ${this.story.slice(-12).join(' | ')}`;
    }

    async close() {
        await this.#browser.close();
    }

    async #submit(kind, page, button, choices = {}) {
        this.#pages.push({ kind, ...choices });
        const left = page.url();
        await button.click();
        await page.waitForURL((url) => url.href !== left);
    }

    /** Addresses lose their values: a code, for example, is for nobody's log. */
    #tell(text) {
        this.story.push(text.replace(/=[^&\s]*/g, '=…').slice(0, 300));
    }

    #note(request) {
        if (!request.isNavigationRequest()) {
            return;
        }
        const url = new URL(request.url());
        if (url.searchParams.has('code_challenge')) {
            this.#pages = [];
            this.authorizations.push({ ...asked(url), pages: this.#pages });
        } else if (url.searchParams.has('code') && url.searchParams.has('iss')) {
            Object.assign(this.authorizations.at(-1) ?? {}, { iss: url.searchParams.get('iss') });
        }
    }
}
