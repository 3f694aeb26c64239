/**
 * Selects every scope that Keycloak's consent page offers.
 *
 * @param {object} page the consent page
 * @returns {Promise<{offered: string[], kept: string[]}>} the scopes it offered, and the texts of those already allowed
 */
export async function selectAll(page) {
    const boxes = page.locator('#mcp-choice input[type=checkbox]');
    const offered = await boxes.evaluateAll((all) => all.map((box) => box.value));
    const kept = await page.locator('#mcp-kept li').allInnerTexts();
    for (const box of await boxes.all()) {
        await box.check();
    }
    return { offered, kept };
}
