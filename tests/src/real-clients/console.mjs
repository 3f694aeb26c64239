import { inTurn, required, run } from './arguments.mjs';
import { Chromium } from './chromium.mjs';

/**
 * An administrator opens forms of Keycloak's own admin console and presses Save.
 *
 * Options: `--console` (its address), `--form` for each form as JSON: `path` (below `#`), `edit` (a setting and what to
 * make of it; without it nothing is touched), `toggle` (the name of a row whose switch is flipped twice, instead of
 * Save), `disable` (the switch in the head of the page is turned off and confirmed, instead of Save), `remove` (Delete in
 * the menu Action is chosen and confirmed, instead of Save), `shot` (a file for a screenshot); `--username`; the password
 * as MCP_PASSWORD.
 */
const options = { console: { type: 'string' }, form: { type: 'string', multiple: true } };
await run(options, async ({ user, console: address, form }) => {
    const chromium = await Chromium.open(user);
    try {
        return await visit(chromium, required(address, '--console'), form.map((json) => JSON.parse(json)));
    } catch (error) {
        const { page } = chromium;
        throw new Error(`${error.message}; ${page.url()} says: ${await chromium.text()}`, { cause: error });
    } finally {
        await chromium.close();
    }
});

async function visit(chromium, address, forms) {
    const { page } = chromium;
    page.setDefaultTimeout(60_000);
    await page.setViewportSize({ width: 1100, height: 900 });
    await page.goto(address);
    await chromium.passKeycloak(page.locator('#nav-toggle, nav').first());
    return inTurn(forms, async (form) => {
        await page.goto('about:blank'); // the next address differs behind # only, which would load nothing
        await page.goto(`${address}#${form.path}`);
        if (form.disable === true) {
            return disabled(page, form);
        }
        if (form.remove === true) {
            return removed(page, form);
        }
        return form.toggle === undefined ? saved(page, form) : toggled(page, form);
    });
}

async function saved(page, { path, edit, shot }) {
    const save = page.getByRole('button', { name: 'Save', exact: true }).first();
    await save.waitFor();
    await settled(page);
    const settings = await page
        .locator('form label[for]')
        .evaluateAll((labels) => labels.map((label) => label.getAttribute('for').replace(/^.*\./, '')));
    if (edit !== undefined) {
        await change(page, edit.setting, edit.value);
    }
    if (shot !== undefined) {
        await picture(page, shot);
    }
    const answer = await stored(page, () => save.click());
    return { path, settings, ...answer };
}

/**
 * Until the console has loaded what it shows. A busy computer may never be without any request, so in the end it counts
 * that the fields stay as they are.
 */
async function settled(page) {
    await page.waitForLoadState('networkidle', { timeout: 15_000 }).catch(() => undefined);
    const read = () =>
        page
            .locator('input, textarea, button')
            .evaluateAll((fields) => fields.map((field) => [field.value, field.checked, field.textContent].join()).join('\n'));
    let before = await read();
    for (let same = 0; same < 4; ) {
        await page.waitForTimeout(250);
        const now = await read();
        same = now === before ? same + 1 : 0;
        before = now;
    }
}

/** The whole form, however long: the console scrolls inside of the page. */
async function picture(page, file) {
    const main = page.locator('main').first();
    const height = await main.evaluate((element) => element.scrollHeight);
    await page.setViewportSize({ width: 1100, height: Math.min(height + 80, 2400) });
    await page.screenshot({ path: file });
    await page.setViewportSize({ width: 1100, height: 900 });
}

async function change(page, setting, value) {
    const label = page.locator(`label[for="${setting}"], label[for$=".${setting}"]`);
    const group = page.locator('form .pf-v5-c-form__group').filter({ has: label });
    if ((await group.locator('input[type=checkbox]').count()) > 0) {
        await group.locator('input[type=checkbox]').setChecked(value === 'true', { force: true });
    } else if ((await group.locator('button.pf-v5-c-menu-toggle').count()) > 0) {
        await group.locator('button.pf-v5-c-menu-toggle').click();
        await page.getByRole('option', { name: value, exact: true }).click();
    } else {
        await group.locator('input, textarea').first().fill(value);
    }
}

async function toggled(page, { path, toggle, shot }) {
    const row = page.locator('tr').filter({ hasText: toggle });
    await row.waitFor();
    if (shot !== undefined) {
        await picture(page, shot);
    }
    const flip = () => row.locator('input[type=checkbox]').first().click({ force: true });
    const first = await stored(page, flip);
    await settled(page);
    const second = await stored(page, flip);
    return { path, settings: [], status: Math.max(first.status, second.status), problem: first.problem + second.problem };
}

async function disabled(page, { path }) {
    await page.getByRole('button', { name: 'Save', exact: true }).first().waitFor();
    await settled(page);
    await page.locator('input[data-testid$="-switch"]').first().click({ force: true });
    const answer = await stored(page, () => page.locator('[data-testid="confirm"]').click());
    return { path, settings: [], ...answer };
}

/** Until the console itself shows the list again: it has taken the answer for a deletion. */
async function removed(page, { path }) {
    await page.getByRole('button', { name: 'Save', exact: true }).first().waitFor();
    await settled(page);
    await page.locator('[data-testid="action-dropdown"]').click();
    await page.getByRole('menuitem', { name: 'Delete', exact: true }).click();
    const answer = await stored(page, () => page.locator('[data-testid="confirm"]').click());
    if (answer.problem === '') {
        await page.waitForURL((url) => !url.hash.includes(path));
    }
    return { path, settings: [], ...answer };
}

/** What the server says to the first thing that the console writes. */
async function stored(page, act) {
    const written = page.waitForResponse(
        (response) => ['PUT', 'POST', 'DELETE'].includes(response.request().method()) && response.url().includes('/admin/realms/'),
    );
    await act();
    const response = await written;
    const problem = response.status() < 300 ? '' : await response.text();
    return { status: response.status(), problem };
}
