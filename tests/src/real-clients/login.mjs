/**
 * A user with a browser, at HTTP level: follows an authorization URL through Keycloak's login and consent pages and
 * returns the URL the browser would be sent back to, without fetching it.
 *
 * One instance is one browser session: a second authorization finds the first one's cookies and skips the login page.
 */
export class Browser {
    #cookies = new Map();
    #user;

    /** @param {{username: string, password: string}} user who logs in and consents */
    constructor(user) {
        this.#user = user;
    }

    /**
     * @param {URL} authorizationUrl what the client asked the browser to open
     * @param {string} redirectUri where the client waits for the answer
     * @returns {Promise<{callback: URL, pages: {kind: string, text: string}[]}>} the answer, and every page shown
     */
    async authorize(authorizationUrl, redirectUri) {
        const pages = [];
        let request = { url: new URL(authorizationUrl), method: 'GET' };
        for (let step = 0; step < 20; step++) {
            const response = await this.#send(request);
            const location = response.headers.get('location');
            if (location) {
                await response.body?.cancel();
                const target = new URL(location, request.url);
                if (isAnswer(target, redirectUri)) {
                    return { callback: target, pages };
                }
                sameOrigin(target, authorizationUrl);
                request = { url: target, method: 'GET' };
                continue;
            }
            const html = await response.text();
            const page = { ...form(html), text: plainText(html), url: request.url, status: response.status };
            pages.push({ kind: page.kind, text: page.text });
            if (pages.filter(({ kind }) => kind === page.kind).length > 1) {
                throw new Error(`the ${page.kind} page came back: ${page.text}`);
            }
            request = this.#submit(page);
        }
        throw new Error('the browser was redirected in circles');
    }

    /**
     * The same, insisting that the user's consent was accepted.
     *
     * @returns {Promise<{callback: URL, authorization: object}>} the answer; what the client asked and the user saw
     */
    async consent(authorizationUrl, redirectUri) {
        const { callback, pages } = await this.authorize(authorizationUrl, redirectUri);
        const answer = callback.searchParams;
        if (answer.has('error')) {
            throw new Error(`authorization refused: ${answer.get('error')}: ${answer.get('error_description')}`);
        }
        return { callback, authorization: { ...asked(authorizationUrl), pages, iss: answer.get('iss') } };
    }

    #submit({ kind, action, hidden, text, url, status }) {
        const fields = new URLSearchParams(hidden);
        if (kind === 'login') {
            fields.set('username', this.#user.username);
            fields.set('password', this.#user.password);
        } else if (kind === 'consent') {
            fields.set('accept', 'Yes');
        } else {
            throw new Error(`a page that a user cannot pass (HTTP ${status}): ${text}`);
        }
        const target = new URL(action, url);
        sameOrigin(target, url);
        return { url: target, method: 'POST', body: fields };
    }

    async #send({ url, method, body }) {
        const headers = { accept: 'text/html', cookie: this.#cookieHeader(url) };
        const options = { method, body, headers, redirect: 'manual', signal: AbortSignal.timeout(60_000) };
        const response = await fetch(url, options);
        response.headers.getSetCookie().forEach((cookie) => this.#keep(cookie, url));
        return response;
    }

    #keep(setCookie, url) {
        const [pair, ...attributes] = setCookie.split(';').map((part) => part.trim());
        const name = pair.slice(0, pair.indexOf('='));
        const value = pair.slice(pair.indexOf('=') + 1);
        const attribute = (key) =>
            attributes.find((a) => a.toLowerCase().startsWith(`${key}=`))?.slice(key.length + 1);
        const path = attribute('path') ?? '/';
        const key = [url.hostname, path, name].join(' ');
        if (value === '' || attribute('max-age') === '0') {
            this.#cookies.delete(key);
        } else {
            this.#cookies.set(key, { host: url.hostname, path, pair });
        }
    }

    /** Sends cookies marked Secure over loopback http as well, which browsers do for what they hold trustworthy. */
    #cookieHeader(url) {
        return [...this.#cookies.values()]
            .filter(({ host, path }) => host === url.hostname && url.pathname.startsWith(path))
            .map(({ pair }) => pair)
            .join('; ');
    }
}

/** What an authorization request asks for, told without what changes every time. */
export function asked(authorizationUrl) {
    const told = ['scope', 'resource', 'code_challenge_method', 'prompt'];
    return Object.fromEntries([...authorizationUrl.searchParams].filter(([name]) => told.includes(name)));
}

function isAnswer(target, redirectUri) {
    const expected = new URL(redirectUri);
    return ['protocol', 'host', 'pathname'].every((part) => target[part] === expected[part]);
}

function sameOrigin(target, home) {
    if (target.origin !== new URL(home).origin) {
        throw new Error(`the browser was sent to ${target.origin}, which is neither the server nor the client`);
    }
}

/** The form of a page that a user would fill in: login, consent, or none. */
function form(html) {
    for (const [, opening, content] of html.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gis)) {
        const fields = [...content.matchAll(/<(?:input|button)\b[^>]*>/gis)].map(([tag]) => tag);
        const names = new Set(fields.map((tag) => attributeOf(tag, 'name')));
        const kind = names.has('password') ? 'login' : names.has('accept') ? 'consent' : undefined;
        if (kind) {
            const hidden = fields
                .filter((tag) => attributeOf(tag, 'type') === 'hidden')
                .map((tag) => [attributeOf(tag, 'name'), attributeOf(tag, 'value') ?? '']);
            return { kind, action: attributeOf(opening, 'action'), hidden };
        }
    }
    return { kind: 'other' };
}

function attributeOf(tag, name) {
    const value = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, 'i').exec(tag);
    return value ? unescape(value[1] ?? value[2]) : undefined;
}

function plainText(html) {
    const body = html.replace(/<(script|style|head)\b.*?<\/\1>/gis, ' ').replace(/<[^>]+>/g, ' ');
    return unescape(body).replace(/\s+/g, ' ').trim().slice(0, 2000);
}

function unescape(text) {
    const named = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };
    return text.replace(/&(#x[0-9a-f]+|#\d+|\w+);/gi, (whole, entity) => {
        if (entity[0] !== '#') {
            return named[entity.toLowerCase()] ?? whole;
        }
        const hex = entity[1].toLowerCase() === 'x';
        return String.fromCodePoint(parseInt(entity.slice(hex ? 2 : 1), hex ? 16 : 10));
    });
}
