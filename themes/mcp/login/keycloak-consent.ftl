<#--
    Keycloak's own consent page, for clients outside MCP: the same logo, title, scopes, links and buttons as the template
    login-oauth-grant.ftl of the theme keycloak.v2 (26.6.4 to 26.7.3). It shows nothing of the logo and the links where the
    client registered itself: no administrator has seen them.
-->
<#import "template.ftl" as layout>
<#assign name = client.name?has_content?then(advancedMsg(client.name!), client.clientId)>
<#assign trusted = !client.attributes["mcp.registered"]??>
<@layout.registrationLayout bodyClass="oauth"; section>
    <#if section = "header">
        <#if trusted && client.attributes.logoUri??>
            <img src="${client.attributes.logoUri}" alt="">
        </#if>
        <p>${msg("oauthGrantTitle", name)}</p>
    <#elseif section = "form">
        <div id="kc-oauth" class="content-area">
            <h3>${msg("oauthGrantRequest")}</h3>
            <ul class="${properties.kcListClass!}">
                <#list oauth.clientScopesRequested! as scope>
                    <#-- A scope with a parameter is an experiment of Keycloak's, which calls it otherwise in each version. -->
                    <#assign parameter = scope.parameterizedScopeParameter!scope.dynamicScopeParameter!"">
                    <li><span>${advancedMsg(scope.consentScreenText, parameter)}</span></li>
                </#list>
            </ul>
            <#if trusted && (client.attributes.policyUri?? || client.attributes.tosUri??)>
                <h3>
                    ${msg("oauthGrantInformation", name)}
                    <#if client.attributes.tosUri??>
                        ${msg("oauthGrantReview")}
                        <a href="${client.attributes.tosUri}" target="_blank">${msg("oauthGrantTos")}</a>
                    </#if>
                    <#if client.attributes.policyUri??>
                        ${msg("oauthGrantReview")}
                        <a href="${client.attributes.policyUri}" target="_blank">${msg("oauthGrantPolicy")}</a>
                    </#if>
                </h3>
            </#if>
            <form class="${properties.kcFormClass!} ${properties.kcMarginTopClass!}" action="${url.oauthAction}" method="POST">
                <input type="hidden" name="code" value="${oauth.code}">
                <div class="${properties.kcFormGroupClass!}">
                    <div class="${properties.kcFormActionGroupClass!} pf-v5-u-flex-nowrap">
                        <button class="${properties.kcButtonPrimaryClass!} ${properties.kcButtonBlockClass!}" name="accept" id="kc-login" type="submit">${msg("doYes")}</button>
                        <button class="${properties.kcButtonSecondaryClass!} ${properties.kcButtonBlockClass!}" name="cancel" id="kc-cancel" type="submit">${msg("doNo")}</button>
                    </div>
                </div>
            </form>
        </div>
    </#if>
</@layout.registrationLayout>
