<#include "mcp-consent.ftl">
