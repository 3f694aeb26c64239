<#--
    The consent page for MCP clients. The variable "mcp" holds the facts from the required action mcp-consent. It is absent
    for clients outside MCP, which get Keycloak's own page.

    Text from a client is escaped and stands in <bdi>. It never goes through msg(), which would replace placeholders in it.
    Nothing from a client becomes a link or an image.
-->
<#import "template.ftl" as layout>

<#function span of><#return msg("mcpSpan." + of.unit, of.count)></#function>

<#macro warning key>
    <div class="${properties.kcAlertClass!} pf-m-warning mcp-warning" role="note">
        <div class="${properties.kcAlertIconClass!}" aria-hidden="true"><span class="${properties.kcFeedbackWarningIcon!}"></span></div>
        <p class="${properties.kcAlertTitleClass!}">${msg(key)}</p>
    </div>
</#macro>

<#macro scopes>
    <ul class="${properties.kcListClass!}">
        <#list listed as scope>
            <#-- A scope with a parameter is an experiment of Keycloak's, which calls it otherwise in each version. -->
            <#local parameter = scope.parameterizedScopeParameter!scope.dynamicScopeParameter!"">
            <li>${advancedMsg(scope.consentScreenText, parameter)}<#if parameter?has_content>: <bdi>${parameter}</bdi></#if></li>
        </#list>
    </ul>
</#macro>

<#-- What the user has allowed before, and is not asked again. -->
<#macro kept>
    <ul class="${properties.kcListClass!}">
        <#list mcp.choice.kept as text><li>${advancedMsg(text)}</li></#list>
    </ul>
</#macro>

<#-- Scopes of the server, each of which can be left out. Sensitive ones have to be selected. -->
<#macro choice>
    <fieldset id="mcp-choice" class="mcp-choices">
        <legend>${msg("mcpChoice")}</legend>
        <input type="hidden" name="${mcp.choice.asked}" value="1">
        <#list mcp.choice.scopes as scope>
            <label class="mcp-choice">
                <input type="checkbox" name="${mcp.choice.selected}" value="${scope.name}"<#if !scope.sensitive> checked</#if>>
                <span>${advancedMsg(scope.text)}<#if scope.sensitive> <span class="mcp-badge">${msg("mcpSensitive")}</span></#if></span>
            </label>
        </#list>
    </fieldset>
</#macro>

<#macro who>
    <#local proven = mcp.client.origin == "vendor" && mcp.destination.kind == "web">
    <#local badge = {"administrator": "mcpAdministrators", "vendor": proven?then("mcpVerified", "mcpKnown")}[mcp.client.origin]!"mcpUnverified">
    <bdi class="mcp-name">${mcp.client.name}</bdi>
    <span class="mcp-badge">${msg(badge)}</span>
    <div class="mcp-note">
        <#if mcp.client.origin == "vendor">
            ${msg(proven?then("mcpByVendor", "mcpByVendorHere"))}
        <#elseif mcp.client.origin == "document">
            ${msg("mcpByDocument")} <bdi class="mcp-host">${mcp.client.host}</bdi>
        <#elseif mcp.client.origin == "administrator">
            ${msg("mcpByAdministrator")}
        <#elseif mcp.client.age??>
            ${msg("mcpByItselfAgo", msg("mcpAgo." + mcp.client.age.unit, mcp.client.age.count))}
        <#else>
            ${msg("mcpByItself")}
        </#if>
    </div>
</#macro>

<#macro where>
    <#if mcp.destination.kind == "web">
        <bdi class="mcp-host">${mcp.destination.shown}</bdi>
        <div class="mcp-note">${msg("mcpToWeb")}</div>
    <#else>
        ${msg("mcpTo." + mcp.destination.kind)}<#if mcp.destination.shown?has_content> <bdi class="mcp-host">${mcp.destination.shown}</bdi></#if>
    </#if>
</#macro>

<#macro howLong>
    <#if mcp.access.renewal == "none">
        ${msg("mcpOnce", span(mcp.access.token))}
    <#else>
        <#if mcp.access.end??>${msg("mcpRenewed." + mcp.access.renewal, span(mcp.access.end))}<#else>${msg("mcpRenewedEndless." + mcp.access.renewal)}</#if>
        <div class="mcp-note">${msg("mcpTail", span(mcp.access.token))}</div>
    </#if>
    <div class="mcp-note">
        <#if mcp.accountUrl??>
            ${msg("mcpTakeBack")} <a href="${mcp.accountUrl}" target="_blank" rel="noopener noreferrer">${msg("mcpAccount")}</a>
        <#else>
            ${msg("mcpTakeBackAsk")}
        </#if>
    </div>
</#macro>

<#if mcp??>
<#-- What the user can select is shown below, and not twice. -->
<#assign listed = (oauth.clientScopesRequested![])?filter(one -> !mcp.choice.replaces?seq_contains(one.consentScreenText))>
<@layout.registrationLayout bodyClass="oauth"; section>
    <#if section = "header">
        ${msg("mcpConsentTitle")}
    <#elseif section = "form">
        <link rel="stylesheet" href="${url.resourcesPath}/css/mcp.css">
        <div id="kc-oauth" class="mcp-consent">
            <#if ["document", "registered"]?seq_contains(mcp.client.origin)><@warning "mcpWarnUnverified"/></#if>
            <#if mcp.destination.kind != "web"><@warning "mcpWarn." + mcp.destination.kind/></#if>
            <#if mcp.destination.shown?starts_with("http://")><@warning "mcpWarn.http"/></#if>
            <#if mcp.server.plain!false><@warning "mcpWarn.plainServer"/></#if>
            <dl class="mcp-facts">
                <div id="mcp-who"><dt>${msg("mcpWho")}</dt><dd><@who/></dd></div>
                <div id="mcp-where"><dt>${msg("mcpWhere")}</dt><dd><@where/></dd></div>
                <div id="mcp-server"><dt>${msg("mcpServer")}</dt><dd><bdi class="mcp-name">${mcp.server.name}</bdi><div class="mcp-note"><bdi class="mcp-host">${mcp.server.uri}</bdi></div></dd></div>
                <#if mcp.choice.kept?has_content><div id="mcp-kept"><dt>${msg("mcpKept")}</dt><dd><@kept/></dd></div></#if>
                <#if listed?has_content><div id="mcp-scopes"><dt>${msg("mcpScopes")}</dt><dd><@scopes/></dd></div></#if>
                <div id="mcp-how-long"><dt>${msg("mcpHowLong")}</dt><dd><@howLong/></dd></div>
            </dl>
            <form class="${properties.kcFormClass!}" action="${url.oauthAction}" method="POST">
                <input type="hidden" name="code" value="${oauth.code}">
                <#if mcp.choice.scopes?has_content><@choice/></#if>
                <p class="mcp-note">${msg("mcpSignedInAs")} <bdi>${mcp.user}</bdi></p>
                <div class="mcp-answers">
                    <button class="${properties.kcButtonSecondaryClass!}" id="kc-login" name="accept" type="submit">${msg("mcpAllow")}</button>
                    <button class="${properties.kcButtonSecondaryClass!}" id="kc-cancel" name="cancel" type="submit">${msg("mcpDeny")}</button>
                </div>
            </form>
        </div>
    </#if>
</@layout.registrationLayout>
<#else>
<#include "keycloak-consent.ftl">
</#if>
