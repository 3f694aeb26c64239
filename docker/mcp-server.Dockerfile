# The example MCP server. The build context is the repository root:
#   docker build -f docker/mcp-server.Dockerfile -t keycloak-mcp-example-server .
# Build the jar first (./mvnw package). Any JDK from 17 on and any base with glibc and bash (for the health check) will do.

ARG JDK_IMAGE=eclipse-temurin:21-jdk
ARG BASE_IMAGE=debian:stable-slim

# --- runtime: only the modules of Java that the server uses ---
FROM ${JDK_IMAGE} AS runtime

# What jdeps lists for the jar, without java.desktop and java.security.jgss, whose classes are in branches that never run here,
# and with jdk.crypto.ec: elliptic curves, in TLS and in signatures, which no code names.
RUN "$JAVA_HOME/bin/jlink" --output /runtime --no-header-files --no-man-pages --strip-java-debug-attributes --compress=2 \
    --add-modules java.base,java.logging,java.management,java.naming,java.net.http,java.sql,jdk.crypto.ec

FROM ${BASE_IMAGE}

LABEL org.opencontainers.image.title="Keycloak MCP example server" \
      org.opencontainers.image.licenses="Apache-2.0"

COPY --from=runtime /runtime /opt/java
COPY examples/mcp-server/target/mcp-server.jar /opt/mcp-server/mcp-server.jar
COPY docker/http-ok.sh /opt/mcp-server/http-ok.sh

USER 1000
WORKDIR /opt/mcp-server
# Settings come as MCP_* environment variables; see compose.yaml.
ENTRYPOINT ["/opt/java/bin/java", "-XX:MaxRAMPercentage=70", "-jar", "/opt/mcp-server/mcp-server.jar"]
