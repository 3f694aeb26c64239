<#--
    The error page, with advice. Keycloak passes nothing but the message to a template, so the message selects the advice.
-->
<#import "template.ftl" as layout>
<#function advice>
    <#if [msg("clientNotFoundMessage"), msg("clientDisabledMessage")]?seq_contains(message.summary)><#return "mcpErrorClient"></#if>
    <#if message.summary == msg("invalidParameterMessage", "redirect_uri")><#return "mcpErrorRedirect"></#if>
    <#return "mcpErrorOther">
</#function>
<@layout.registrationLayout displayMessage=false; section>
    <#if section = "header">
        ${msg("errorTitle")}
    <#elseif section = "form">
        <div id="kc-error-message">
            <p class="instruction"><bdi>${message.summary}</bdi></p>
            <p id="mcp-advice" class="pf-v5-u-mt-md">${msg(advice())}</p>
            <#if traceId??>
                <p class="instruction" id="traceId">${msg("traceIdSupportMessage", traceId)}</p>
            </#if>
            <#-- A self-registered client chose that address itself. -->
            <#if !skipLink?? && client?? && client.baseUrl?has_content && !client.attributes["mcp.registered"]??>
                <p><a id="backToApplication" href="${client.baseUrl}">${msg("backToApplication")}</a></p>
            </#if>
        </div>
    </#if>
</@layout.registrationLayout>
