/** The URNs of SCIM's schemas and messages (RFC 7643, 8.7; RFC 7644, 8.2). */
const CORE = 'urn:ietf:params:scim:schemas:core:2.0';
const MESSAGES = 'urn:ietf:params:scim:api:messages:2.0';

export const USER_URN = `${CORE}:User`;
export const GROUP_URN = `${CORE}:Group`;
export const SCHEMA_URN = `${CORE}:Schema`;
export const RESOURCE_TYPE_URN = `${CORE}:ResourceType`;
export const CONFIG_URN = `${CORE}:ServiceProviderConfig`;
export const LIST_URN = `${MESSAGES}:ListResponse`;
export const PATCH_URN = `${MESSAGES}:PatchOp`;

/** The media type of requests and answers (RFC 7644, 8.1). */
export const SCIM_TYPE = 'application/scim+json';
