import { randomUUID } from 'node:crypto';

/**
 * The host program's half of an SDK's OAuth flow (the SDKs' `OAuthClientProvider`): keeps in memory what the SDK
 * hands over, and lets the scripted user's browser open the authorization URL.
 */
export class Provider {
    /** How often the user was asked, with what, and what the user saw. */
    authorizations = [];
    /** The SDK does not see the refresh token, so that it has to ask the user. */
    hidesRefreshToken = false;
    #client;
    #tokens;
    #verifier;
    #discovery;
    #state;
    #browser;

    /**
     * @param {import('./login.mjs').Browser} browser the user's browser session
     * @param {object} clientMetadata what the client registers
     * @param {object} [client] an earlier registration to use instead of a new one
     * @param {string} [clientMetadataUrl] the program's metadata document, to use where the server reads such documents
     */
    constructor(browser, clientMetadata, client, clientMetadataUrl) {
        this.clientMetadataUrl = clientMetadataUrl;
        this.#browser = browser;
        this.clientMetadata = clientMetadata;
        this.#client = client;
    }

    get redirectUrl() {
        return this.clientMetadata.redirect_uris[0];
    }

    state() {
        return (this.#state = randomUUID());
    }

    clientInformation() {
        return this.#client;
    }

    saveClientInformation(client) {
        this.#client = client;
    }

    tokens() {
        if (!this.hidesRefreshToken) {
            return this.#tokens;
        }
        const { refresh_token, ...rest } = this.#tokens ?? {};
        return rest;
    }

    saveTokens(tokens) {
        this.#tokens = tokens;
    }

    saveCodeVerifier(verifier) {
        this.#verifier = verifier;
    }

    codeVerifier() {
        return this.#verifier;
    }

    saveDiscoveryState(discovery) {
        this.#discovery = discovery;
    }

    discoveryState() {
        return this.#discovery;
    }

    async redirectToAuthorization(url) {
        const { callback, authorization } = await this.#browser.consent(url, this.redirectUrl);
        this.answer = callback.searchParams;
        if (this.answer.get('state') !== this.#state) {
            throw new Error('the authorization response carries another state than the request');
        }
        this.authorizations.push(authorization);
    }

    /** Makes the access token unusable, as if it had expired; the refresh token stays. */
    expireAccessToken() {
        this.#tokens = { ...this.#tokens, access_token: 'expired' };
    }
}
