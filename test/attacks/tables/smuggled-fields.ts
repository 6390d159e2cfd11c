import type { AttackTable, RequestAttack } from '../attack';
import { ROUTES } from '../routes';
import type { Sent } from '../target';

/** Fields that name another owner, or something that only the code sets. */
const FIELDS: Readonly<Record<string, unknown>> = {
  user: 'member',
  user_id: 'member',
  member: { id: 'member', role: 'admin' },
  owner: 'member',
  sub: 'member',
  role: 'admin',
  tenant: 'office',
  pk: 'user#member',
  sk: 'conversation',
  id: 'member',
  expiresAt: 1,
  branch_key_id: 'sciences/member',
  requested_by: 'member',
  state: 'erased',
};

/** Members of prototypes, as text, because an object of the test couldn't have them. */
const PROTOTYPES = [
  '{"__proto__":{"user":"member"}',
  '{"constructor":{"prototype":{"user":"member"}}',
  '{"user":"x","user":"member"',
];

/** Headers and queries by which an intermediary might name a user. */
const HEADERS = [
  'X-User',
  'X-User-Id',
  'X-Member',
  'X-Forwarded-User',
  'X-Remote-User',
  'X-Amzn-Oidc-Identity',
  'X-Amzn-RequestContext',
  'X-Original-URL',
  'X-Rewrite-URL',
  'X-HTTP-Method-Override',
  'Impersonate-User',
  'X-Tenant',
];
const QUERIES = ['user', 'member', 'owner', 'sub', 'user_id', 'as', 'tenant', 'role', 'access_token', 'impersonate'];

const OF_MEMBERS = ROUTES.filter(({ as }) => as.includes('member'));

const withBody = (ofRoutes: typeof ROUTES) => ofRoutes.filter(({ request }) => bodyOf(request(ANY)) !== undefined);

const bodyOf = ({ body }: Sent): object | undefined =>
  typeof body === 'object' && !Buffer.isBuffer(body) ? body : undefined;

const ANY = {
  conversation: '',
  item: '',
  response: '',
  responseItem: '',
  inputTokens: 'input_tokens' as const,
  file: '',
  batchFile: '',
  batch: '',
  background: '',
  upload: '',
  part: '',
  prompt: '',
  key: '',
  apiKey: '',
  share: '',
  export: '',
};

export const SMUGGLED_FIELDS: AttackTable = {
  title: 'smuggled fields, headers and queries',
  attacks: [
    ...withBody(OF_MEMBERS).flatMap(({ route, request }) => [
      ...Object.entries(FIELDS).map(
        ([field, value]): RequestAttack => ({
          name: `${route}: the field ${field}`,
          request: ({ own }) => ({ ...request(own), body: { ...bodyOf(request(own)), [field]: value } }),
          may: [200],
        }),
      ),
      ...PROTOTYPES.map(
        (start): RequestAttack => ({
          name: `${route}: ${start}`,
          request: ({ own }) => ({
            ...request(own),
            body: JSON.stringify(bodyOf(request(own))).replace('{', `${start},`),
          }),
          may: [200],
        }),
      ),
    ]),
    // A field that an administrator's request doesn't have is refused, so that none is believed to have an effect.
    ...withBody(ROUTES.filter(({ as }) => as.includes('admin'))).flatMap(({ route, request }) =>
      ['by', 'requested_by', 'state', 'released_by', 'id', 'delay', 'notBefore', 'groups', 'confirm'].map(
        (field): RequestAttack => ({
          name: `${route}: the field ${field}`,
          request: ({ ids }) => ({
            ...request(ids),
            as: 'admin',
            body: { ...bodyOf(request(ids)), [field]: 'otherMember' },
          }),
        }),
      ),
    ),
    ...OF_MEMBERS.filter(({ method }) => method === 'GET').flatMap(({ route, request }) => [
      ...HEADERS.map(
        (header): RequestAttack => ({
          name: `${route}: the header ${header}`,
          request: ({ ids }) => ({
            ...request(ids),
            headers: [[header, header.endsWith('URL') ? '/v1/exports' : 'member']],
          }),
          may: [200],
        }),
      ),
      ...QUERIES.map(
        (query): RequestAttack => ({
          name: `${route}: the query ${query}`,
          request: ({ ids }) => ({ ...request(ids), path: `${request(ids).path.split('?')[0]}?${query}=member` }),
          may: [200],
        }),
      ),
    ]),
  ],
};
