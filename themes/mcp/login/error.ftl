<#--
    The error page, with what to do and who can do it. Keycloak tells a template what went wrong by the message alone, so
    the message is what the advice goes by.
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
            <#-- A client that registered itself has chosen that address itself. -->
            <#if !skipLink?? && client?? && client.baseUrl?has_content && !client.attributes["mcp.registered"]??>
                <p><a id="backToApplication" href="${client.baseUrl}">${msg("backToApplication")}</a></p>
            </#if>
        </div>
    </#if>
</@layout.registrationLayout>
