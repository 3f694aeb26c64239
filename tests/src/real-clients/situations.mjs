import { required, run } from './arguments.mjs';
import { Chromium } from './chromium.mjs';

/**
 * An administrator asks the admin page one question after the other, and reports what it shows, while somebody else changes
 * the realm in between: each report is posted to an address, whose answer is the next visit, or has no page at the end.
 *
 * Options: `--visits` (that address; a visit has `page`, `headers` of a proxy, and `question` with the names of the fields),
 * `--username`; the password as MCP_PASSWORD.
 */
await run({ visits: { type: 'string' } }, async ({ user, visits }) => {
    const address = required(visits, '--visits');
    const chromium = await Chromium.open(user);
    try {
        let visit = await told(address, {});
        while (visit.page !== undefined) {
            visit = await told(address, await shown(chromium, visit));
        }
        return {};
    } catch (error) {
        throw new Error(`${error.message}; the page says: ${await chromium.text()}`, { cause: error });
    } finally {
        await chromium.close();
    }
});

async function told(address, report) {
    const answer = await fetch(address, { method: 'POST', body: JSON.stringify(report) });
    if (!answer.ok) {
        throw new Error(await answer.text());
    }
    return answer.json();
}

async function shown(chromium, visit) {
    const { page } = chromium;
    await page.setExtraHTTPHeaders(visit.headers);
    if (page.url() !== visit.page) {
        await page.goto(visit.page);
        await chromium.passKeycloak(page.locator('mcp-diagnosis h3').first());
    }
    for (const name of ['resource', 'client', 'user']) {
        await page.locator(`mcp-diagnosis [name=${name}]`).fill(visit.question[name] ?? '');
    }
    await page.locator('mcp-diagnosis [name=metadata]').setChecked(visit.question.metadata === 'true');
    const before = '.answer > :not([data-before])';
    await page.locator(before).evaluateAll((answers) => answers.forEach((answer) => answer.setAttribute('data-before', '')));
    await page.getByRole('button', { name: 'Diagnose' }).click();
    await page.locator(before).first().waitFor();
    const [verdict, ...findings] = await page
        .locator('mcp-diagnosis [data-severity]')
        .evaluateAll((alerts) => alerts.map((alert) => ({ severity: alert.dataset.severity, lines: alert.innerText.split(/\n+/) })));
    return { verdict, findings };
}
