<#-- Shown in place of the consent page to a user who may not use the MCP server; works with every login theme. -->
<#import "template.ftl" as layout>
<@layout.registrationLayout displayMessage=false; section>
    <#if section = "header">
        ${msg("mcpNoAccessTitle")}
    <#elseif section = "form">
        <div id="mcp-no-access">
            <#if mcpServer?has_content>
                <p>${msg("mcpNoAccessServer")} <bdi><strong id="mcp-no-access-server">${mcpServer}</strong></bdi></p>
            <#else>
                <p>${msg("mcpNoAccessGone")}</p>
            </#if>
            <#if mcpRole?has_content>
                <p>${msg("mcpNoAccessRole")} <bdi><strong id="mcp-no-access-role">${mcpRole}</strong></bdi></p>
            </#if>
            <#if mcpServer?has_content>
                <p>${msg("mcpNoAccessHelp")}</p>
            </#if>
            <form action="${url.loginAction}" method="post">
                <button class="${properties.kcButtonClass!} ${properties.kcButtonPrimaryClass!} ${properties.kcButtonBlockClass!} ${properties.kcButtonLargeClass!}"
                        id="mcp-no-access-back" name="back" type="submit">${msg("mcpNoAccessBack")}</button>
            </form>
        </div>
    </#if>
</@layout.registrationLayout>
