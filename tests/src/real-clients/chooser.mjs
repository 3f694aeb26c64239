import { launch } from './chromium.mjs';
import { selectAll } from './choices.mjs';
import { asked } from './login.mjs';

/** A user with a real Chromium who selects every scope that the consent page offers, or denies. */
export class Chooser {
    /** Whether the user says no. */
    denies = false;
    #browser;
    #page;
    #user;

    /** @param {{username: string, password: string}} user who logs in */
    static async open(user) {
        const browser = await launch();
        return new Chooser(user, browser, await browser.newPage());
    }

    constructor(user, browser, page) {
        this.#user = user;
        this.#browser = browser;
        this.#page = page;
        page.setDefaultTimeout(60_000);
    }

    /** Opens what a client wants the user to see; answers what the client gets, and what the page offered and listed. */
    async consent(url, redirectUri) {
        const page = this.#page;
        const answer = page.waitForRequest((request) => request.url().startsWith(`${redirectUri}?`));
        await page.goto(url.href).catch(() => {}); // nobody listens at the redirect URI
        const accept = page.locator('[name=accept]');
        const password = page.locator('input[name=password]');
        const left = answer.then(() => undefined);
        await Promise.race([password.or(accept).first().waitFor(), left]);
        if (await password.isVisible()) {
            await page.fill('input[name=username]', this.#user.username);
            await password.fill(this.#user.password);
            await page.locator('[type=submit]').first().click();
            await Promise.race([accept.waitFor(), left]);
        }
        const pages = (await accept.isVisible()) ? [await this.#answer(accept)] : [];
        const callback = new URL((await answer).url());
        return { callback, authorization: { ...asked(url), pages, iss: callback.searchParams.get('iss') } };
    }

    async close() {
        await this.#browser.close();
    }

    async #answer(accept) {
        const page = this.#page;
        const choices = await selectAll(page);
        await (this.denies ? page.locator('[name=cancel]') : accept).click().catch(() => {});
        return { kind: 'consent', ...choices };
    }
}
