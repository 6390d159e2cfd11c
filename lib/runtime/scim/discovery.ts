import { MOST_IN_PAGE } from './list-query';
import { CONFIG_URN, GROUP_URN, RESOURCE_TYPE_URN, SCHEMA_URN, USER_URN } from './schema-urns';

/** What this provider supports (RFC 7643, 5). Nothing is claimed that isn't so. */
export const serviceProviderConfig = (base: string) => ({
  schemas: [CONFIG_URN],
  patch: { supported: true },
  bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
  filter: { supported: true, maxResults: MOST_IN_PAGE },
  changePassword: { supported: false },
  sort: { supported: false },
  etag: { supported: false },
  authenticationSchemes: [
    {
      type: 'oauthbearertoken',
      name: 'Bearer token',
      description: "A token that 'eu-residency scim create' makes, in the header 'Authorization'",
      specUri: 'https://www.rfc-editor.org/info/rfc6750',
      primary: true,
    },
  ],
  meta: { resourceType: 'ServiceProviderConfig', location: `${base}/ServiceProviderConfig` },
});

export const resourceTypes = (base: string) =>
  [
    { id: 'User', endpoint: '/Users', schema: USER_URN, description: 'A person' },
    { id: 'Group', endpoint: '/Groups', schema: GROUP_URN, description: 'A group of persons' },
  ].map(({ id, ...type }) => ({
    schemas: [RESOURCE_TYPE_URN],
    id,
    name: id,
    ...type,
    meta: { resourceType: 'ResourceType', location: `${base}/ResourceTypes/${id}` },
  }));

interface Attribute {
  readonly name: string;
  readonly type: 'string' | 'boolean' | 'complex' | 'reference';
  readonly description: string;
  readonly required?: boolean;
  readonly multiValued?: boolean;
  readonly caseExact?: boolean;
  readonly mutability?: 'readOnly' | 'readWrite' | 'immutable';
  readonly returned?: 'default' | 'request';
  readonly uniqueness?: 'none' | 'server';
  readonly referenceTypes?: readonly string[];
  readonly canonicalValues?: readonly string[];
  readonly subAttributes?: readonly object[];
}

const attribute = (of: Attribute) => ({
  multiValued: false,
  required: false,
  caseExact: false,
  mutability: 'readWrite',
  returned: 'default',
  uniqueness: 'none',
  ...of,
});

/** A value of a list that refers to other resources. */
const references = (type: 'User' | 'Group', mutability: 'readOnly' | 'immutable') => [
  attribute({
    name: 'value',
    type: 'string',
    description: `The id of the ${type.toLowerCase()}`,
    caseExact: true,
    mutability,
  }),
  attribute({
    name: '$ref',
    type: 'reference',
    description: 'Its address',
    caseExact: true,
    mutability,
    referenceTypes: [type],
  }),
];

const USER_ATTRIBUTES = [
  attribute({
    name: 'userName',
    type: 'string',
    description: 'The name at the identity system',
    required: true,
    uniqueness: 'server',
  }),
  attribute({ name: 'active', type: 'boolean', description: 'Whether the person may use the workspace' }),
  attribute({
    name: 'groups',
    type: 'complex',
    description: 'The groups of the person',
    multiValued: true,
    mutability: 'readOnly',
    returned: 'request',
    subAttributes: [
      ...references('Group', 'readOnly'),
      attribute({ name: 'display', type: 'string', description: 'Its name', mutability: 'readOnly' }),
      attribute({
        name: 'type',
        type: 'string',
        description: 'How the person belongs to it',
        mutability: 'readOnly',
        canonicalValues: ['direct'],
      }),
    ],
  }),
];

const GROUP_ATTRIBUTES = [
  attribute({
    name: 'displayName',
    type: 'string',
    description: 'The name of the group',
    required: true,
    uniqueness: 'server',
  }),
  attribute({
    name: 'members',
    type: 'complex',
    description: 'The users in the group',
    multiValued: true,
    subAttributes: [
      ...references('User', 'immutable'),
      attribute({
        name: 'type',
        type: 'string',
        description: 'Always User',
        mutability: 'immutable',
        canonicalValues: ['User'],
      }),
    ],
  }),
];

export const schemas = (base: string) =>
  [
    { id: USER_URN, name: 'User', description: 'A person', attributes: USER_ATTRIBUTES },
    { id: GROUP_URN, name: 'Group', description: 'A group of persons', attributes: GROUP_ATTRIBUTES },
  ].map((schema) => ({
    schemas: [SCHEMA_URN],
    ...schema,
    meta: { resourceType: 'Schema', location: `${base}/Schemas/${schema.id}` },
  }));
