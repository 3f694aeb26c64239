# The example MCP server. The build context is the repository root:
#   docker build -f docker/mcp-server.Dockerfile -t keycloak-mcp-example-server .

# The server needs nothing but Java 17 or newer. The Keycloak image already brings a maintained Java and is on the
# machine anyway, so the demonstration pulls one image instead of two. Nothing of Keycloak runs in this container.
# For a server of your own take a plain Java image, e.g. --build-arg JAVA_IMAGE=eclipse-temurin:21-jre
# (any image with "java" and "bash" on the path; bash only for the health check).
ARG KEYCLOAK_VERSION=26.7.3
ARG JAVA_IMAGE=quay.io/keycloak/keycloak:${KEYCLOAK_VERSION}

FROM ${JAVA_IMAGE}

LABEL org.opencontainers.image.title="Keycloak MCP example server" \
      org.opencontainers.image.licenses="Apache-2.0"

COPY examples/mcp-server/target/mcp-server.jar /opt/mcp-server/mcp-server.jar
COPY docker/http-ok.sh /opt/mcp-server/http-ok.sh

USER 1000
WORKDIR /opt/mcp-server
# Settings come as MCP_* environment variables; see compose.yaml.
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=70", "-jar", "/opt/mcp-server/mcp-server.jar"]
