import { createPrivateKey } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readConfig } from '@/lib/config/load';
import { SERVED } from '@/lib/config/model/purpose';
import { LocalIssuer } from '@/lib/local/local-issuer';
import { LocalKeys } from '@/lib/local/local-keys';
import { type Served, serve } from '@/lib/local/serve';
import { Store } from '@/lib/local/store';
import { watchContacts } from '@/test/runtime/gateway/support/contacts';
import { ADMIN_ATTACKS } from './support/admin-attacks';
import { ATTACKS, type Attack } from './support/attacks';
import { Forge } from './support/forge';

const FILE = `boundary: eu
name: exemple
regions: { primary: eu-central-1 }
models: [{ id: assistant, destinations: [{ bedrock: eu.amazon.nova-lite-v1:0 }] }]
workspaces:
  - { id: sciences, edition: edu, retention: 365d, models: [assistant] }
  - { id: office, edition: edu, retention: 365d, models: [assistant] }
`;
const data = mkdtempSync(path.join(tmpdir(), 'attacks-'));

const { contacts, stop } = watchContacts();

let served: Served;
let forge: Forge;
beforeAll(async () => {
  const store = Store.open(data);
  const keys = new LocalKeys(store);
  const policy = new LocalIssuer(keys).policyOf('sciences');
  const jwk = JSON.parse(
    keys.issuerKey(() => {
      throw new Error('it was made before');
    }),
  );
  store.close();
  forge = new Forge(createPrivateKey({ key: jwk, format: 'jwk' }), jwk.kid, policy);
  const { boundary, deployment } = readConfig(FILE, 'residency.yaml', SERVED);
  if (deployment === undefined) throw new Error('no deployment');
  served = await serve({ deployment, boundary, port: 0, data, upstream: 'echo', environment: {}, record: () => {} });
}, 60_000);
afterAll(async () => {
  stop();
  await served.close();
});

/** Sends a request unchanged, unlike an HTTP client. */
function send({ method = 'GET', path: target = '/v1/models', headers = [], body }: Attack) {
  const { hostname, port, pathname } = new URL(served.workspaces[0]?.url ?? '');
  const content = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
  return new Promise<{ status: number; body: string }>((resolve, reject) => {
    const lines = new Map<string, string[]>();
    for (const [name, value] of [['Content-Type', 'application/json'] as const, ...headers]) {
      lines.set(name.toLowerCase(), [...(lines.get(name.toLowerCase()) ?? []), value]);
    }
    const asked = request(
      {
        hostname,
        port,
        method,
        path: pathname.replace(/\/v1$/, '') + target,
        headers: { ...Object.fromEntries(lines), 'content-length': Buffer.byteLength(content) },
      },
      async (answer) => {
        const chunks: Buffer[] = [];
        for await (const chunk of answer) chunks.push(chunk);
        resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks).toString() });
      },
    );
    asked.on('error', reject);
    asked.end(content);
  });
}

/** The hosts that this process has connected to, apart from `serve` itself. */
const otherHosts = () => contacts.filter((contact) => !contact.endsWith(new URL(served.workspaces[0]?.url ?? '').host));

const right = (): Attack => ({ headers: [['Authorization', `bearer ${forge.token()}`]], status: 200 });

test('a valid token is accepted, whatever the case of its scheme', async () => {
  expect((await send(right())).status).toBe(200);
});

test.each(Object.keys(ATTACKS))('refused: %s', async (name) => {
  const attack = ATTACKS[name]?.(forge) as Attack;
  const answer = await send(attack);
  // `serve` has an administration, which refuses a member by the role; a deployed handler has none.
  const status = name.startsWith('a member at the administration') ? 403 : attack.status;
  expect([answer.status, answer.body]).toEqual([status, answer.body]);
  // A refusal doesn't say why a token is invalid, so it reveals nothing about the token.
  if (attack.status === 401) expect(answer.body).toBe((await send({ status: 401 })).body);
  expect(otherHosts()).toEqual([]);
});

test.each(Object.keys(ADMIN_ATTACKS))('refused at the administration: %s', async (name) => {
  const attack = ADMIN_ATTACKS[name]?.(forge) as Attack;
  const answer = await send(attack);
  expect([answer.status, answer.body]).toEqual([attack.status, answer.body]);
  expect(otherHosts()).toEqual([]);
});

test('attacks on the administration have no effect', async () => {
  const groups = { [forge.policy.groupsClaim]: [...forge.policy.groups.admin] };
  const { status, body } = await send({
    path: '/admin/v1/members',
    headers: [['Authorization', `Bearer ${forge.token({ claims: groups })}`]],
    status: 200,
  });
  expect(status).toBe(200);
  const found: { id: string; roles: string[]; enabled: boolean; signed_out_at: unknown }[] = JSON.parse(body).data;
  expect(found.map(({ id, roles, enabled, signed_out_at }) => [id, roles, enabled, signed_out_at])).toEqual([
    ['admin', ['admin'], true, null],
    ['auditor', ['auditor'], true, null],
    ['member', ['member'], true, null],
    ['otherMember', ['member'], true, null],
  ]);
});

test('the table has at least forty attacks', () => expect(Object.keys(ATTACKS).length).toBeGreaterThanOrEqual(40));
