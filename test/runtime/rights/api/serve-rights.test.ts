import { rights } from '@/lib/cli/commands/rights';
import type { WorkspaceRole } from '@/lib/local/local-issuer';
import { jsonOf } from '@/test/support/json-of';
import { ServedWorkspaces } from '../../../local/support/served-workspaces';

jest.setTimeout(60_000);

const served = new ServedWorkspaces();
beforeAll(() => served.start());
afterAll(() => served.end());

async function asked(role: WorkspaceRole, method: string, path: string, body?: object, to = 'sciences', from = to) {
  const token = served.of(from).tokens[role];
  const response = await fetch(`${served.of(to).url.replace(/\/v1$/, '')}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
    body: body && JSON.stringify(body),
  });
  const isJson = response.headers.get('content-type')?.startsWith('application/json');
  const answer = isJson ? await jsonOf(response) : Buffer.from(await response.arrayBuffer()).toString();
  return { status: response.status, answer, code: answer?.error?.code };
}

const stored = (role: WorkspaceRole, topic: string) =>
  asked(role, 'POST', '/v1/conversations', { metadata: { topic }, items: [{ role: 'user', content: 'CANARY' }] });

test('an administrator requests an export for a member, and only the member can open it', async () => {
  await stored('member', 'mine');
  const begun = await asked('admin', 'POST', '/admin/v1/rights/exports', { user: 'member' });
  expect(begun).toMatchObject({ status: 202, answer: { state: 'ready', requested_by: 'admin', user: 'member' } });
  const { id } = begun.answer;
  const mine = await asked('member', 'GET', `/v1/exports/${id}`);
  expect([mine.status, mine.answer.includes('CANARY')]).toEqual([200, true]);
  expect(await asked('member', 'GET', '/v1/exports')).toMatchObject({
    answer: { data: [{ id, status: 'completed' }] },
  });
  expect(await asked('otherMember', 'GET', `/v1/exports/${id}`)).toMatchObject({
    status: 404,
    code: 'export_not_found',
  });
  for (const role of ['admin', 'auditor'] as const) {
    expect(await asked(role, 'GET', `/v1/exports/${id}`)).toMatchObject({ status: 403, code: 'role_refused' });
  }
  expect(await asked('member', 'GET', `/v1/exports/${id}`, undefined, 'office')).toMatchObject({ status: 404 });
  expect(JSON.stringify(await asked('admin', 'GET', '/admin/v1/rights/jobs'))).not.toContain('CANARY');
});

test.each([
  ['POST', '/exports', { user: 'member' }],
  ['POST', `/exports/export_${'0'.repeat(44)}/release`, undefined],
  ['POST', '/closures', { workspace: 'sciences' }],
  ['DELETE', `/closures/close_${'0'.repeat(44)}`, undefined],
  ['POST', '/erasures', { user: 'member' }],
  ['POST', '/readmissions', { user: 'member' }],
  ['POST', '/holds', { user: 'member', reason: 'x' }],
  ['GET', '/holds', undefined],
  ['DELETE', `/holds/hold_${'0'.repeat(32)}`, undefined],
  ['GET', '/jobs', undefined],
  ['GET', `/jobs/erase_${'0'.repeat(44)}`, undefined],
])("%s %s is refused for everyone but the workspace's administrators", async (method, of, body) => {
  const to = `/admin/v1/rights${of}`;
  for (const role of ['member', 'otherMember', 'auditor'] as const) {
    expect(await asked(role, method, to, body)).toMatchObject({ status: 403, code: 'role_refused' });
  }
  expect(await asked('admin', method, to, body, 'sciences', 'office')).toMatchObject({ status: 401 });
});

test.each([
  [{ user: '../member' }, 'invalid_value'],
  [{ user: 'a@example.eu' }, 'invalid_value'],
  [{}, 'missing_required_parameter'],
  [{ user: 'member', more: 1 }, 'unknown_parameter'],
])('%j is refused as a user', async (body, code) => {
  expect(await asked('admin', 'POST', '/admin/v1/rights/erasures', body)).toMatchObject({ status: 400, code });
});

test('a second administrator releases a departed member’s export to the named recipient', async () => {
  await stored('member', 'left');
  const to = '/admin/v1/rights/exports';
  const half = { user: 'member', recipient: 'otherMember' };
  expect(await asked('admin', 'POST', to, half)).toMatchObject({ status: 400, code: 'missing_required_parameter' });
  const begun = await asked('admin', 'POST', to, { ...half, reason: 'case 9' });
  const { id } = begun.answer;
  expect(begun.answer).toMatchObject({ state: 'awaiting-release', recipient: 'otherMember', reason: 'case 9' });
  expect(await asked('otherMember', 'GET', `/v1/exports/${id}`)).toMatchObject({ status: 404 });
  expect(await asked('admin', 'POST', `${to}/${id}/release`)).toMatchObject({
    status: 409,
    code: 'second_person_required',
  });
  const second = await asked('admin', 'POST', '/admin/v1/members', { name: 'irma', roles: ['admin'] });
  const released = await fetch(`${served.of('sciences').url.replace(/\/v1$/, '')}${to}/${id}/release`, {
    method: 'POST',
    headers: { authorization: `Bearer ${second.answer.development_token}` },
  });
  expect(await released.json()).toMatchObject({
    state: 'ready',
    requested_by: 'admin',
    released_by: second.answer.id,
    released_at: expect.any(String),
  });
  const opened = await asked('otherMember', 'GET', `/v1/exports/${id}`);
  expect([opened.status, opened.answer.includes('CANARY')]).toEqual([200, true]);
});

test('the command closes the workspace after a repeated id, and cancels the closure', async () => {
  const { url, tokens } = served.of('office');
  process.env.EU_RESIDENCY_TOKEN = tokens.admin;
  const lines: string[] = [];
  const log = jest.spyOn(console, 'log').mockImplementation((line) => void lines.push(line));
  await expect(rights(['close', '--workspace', 'sciences', '--url', url])).rejects.toThrow(
    "'workspace' must be the id",
  );
  await rights(['close', '--workspace', 'office', '--days', '7', '--url', url, '--format', 'json']);
  const { id, kind, state } = JSON.parse(lines.pop() ?? '');
  expect([kind, state]).toEqual(['close', 'fetchable']);
  await rights(['call-off', id, '--url', url]);
  expect(lines.pop()).toContain('state  called-off');
  log.mockRestore();
});

test("a member on hold deletes nothing and isn't erased; the command lists the hold and releases it", async () => {
  const { answer: conversation } = await stored('otherMember', 'held');
  const url = served.of('sciences').url;
  process.env.EU_RESIDENCY_TOKEN = served.of('sciences').tokens.admin;
  const lines: string[] = [];
  const log = jest.spyOn(console, 'log').mockImplementation((line) => void lines.push(line));
  await rights(['hold', '--user', 'otherMember', '--reason', 'case 7', '--url', url, '--format', 'json']);
  const { id } = JSON.parse(lines.pop() ?? '');
  expect(await asked('otherMember', 'DELETE', `/v1/conversations/${conversation.id}`)).toMatchObject({
    status: 409,
    code: 'legal_hold',
  });
  await expect(rights(['erase', '--user', 'otherMember', '--url', url])).rejects.toThrow(`on hold: ${id} by admin`);
  await rights(['holds', '--url', url]);
  expect(lines.pop()).toContain('reason  case 7');
  await rights(['release', id, '--url', url]);
  await rights(['erase', '--user', 'otherMember', '--url', url, '--format', 'json']);
  expect(JSON.parse(lines.pop() ?? '')).toMatchObject({
    kind: 'erase',
    state: 'erased',
    certificate_from: expect.any(String),
  });
  await rights(['status', '--url', url]);
  expect(lines.pop()).toContain('state  erased');
  log.mockRestore();
  const { answer: recorded } = await asked('auditor', 'GET', '/admin/v1/records?of=rights&member=otherMember');
  const about = recorded.data.filter((record: Record<string, string>) => record.about === 'otherMember');
  expect(about.map(({ act, member, about }: Record<string, string>) => [act, member, about])).toEqual([
    ['right.hold', 'admin', 'otherMember'],
    ['right.release-hold', 'admin', 'otherMember'],
    ['right.erase', 'admin', 'otherMember'],
  ]);
  expect(JSON.stringify(recorded)).not.toContain('case 7');
  expect(await asked('otherMember', 'GET', '/v1/conversations')).toMatchObject({ status: 403, code: 'content_erased' });
  expect(await asked('otherMember', 'GET', '/v1/models')).toMatchObject({ status: 200 });
  await served.restart();
  expect(await asked('otherMember', 'GET', '/v1/conversations')).toMatchObject({ status: 403, code: 'content_erased' });
  expect(await asked('member', 'GET', '/v1/conversations')).toMatchObject({ status: 200 });
});
