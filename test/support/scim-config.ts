/**
 * A configuration with the workspace `sciences`, to which SCIM sends users.
 *
 * @param groups the groups of each role, as YAML
 * @param keys lines of the workspace, as YAML
 * @param others lines of further workspaces
 */
export const scimConfig = (groups: string, keys = '    scim: {}\n', others = ''): string => `boundary: eu
name: exemple
regions: { primary: eu-central-1 }
alerts: [security@example.eu]
places: [{ host: login.example.eu, country: DE, reason: ours }]
models: [{ id: assistant, destinations: [{ bedrock: eu.amazon.nova-lite-v1:0 }] }]
workspaces:
  - id: sciences
    edition: edu
    retention: 365d
    models: [assistant]
    identity:
      oidc: { issuer: 'https://login.example.eu', clientId: chat, clientSecretName: chat/secret }
      groups: ${groups}
${keys}${others}`;
