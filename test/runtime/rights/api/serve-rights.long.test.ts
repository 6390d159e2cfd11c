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

/** Begins with other stores, after a test that erased a member of theirs. */
async function renew(): Promise<void> {
  await served.stop();
  served.clear();
  await served.start();
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
  const { answer: exports } = await asked('member', 'GET', '/v1/exports');
  expect(exports.data).toContainEqual(expect.objectContaining({ id, status: 'completed' }));
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
  ['POST', `/erasures/erase_${'0'.repeat(44)}/confirm`, undefined],
  ['POST', '/readmissions', { user: 'member' }],
  ['POST', '/holds', { user: 'member', reason: 'x' }],
  ['GET', '/holds', undefined],
  ['DELETE', `/holds/hold_${'0'.repeat(32)}`, undefined],
  ['GET', '/jobs', undefined],
  ['GET', `/jobs/erase_${'0'.repeat(44)}`, undefined],
  ['DELETE', `/jobs/erase_${'0'.repeat(44)}`, undefined],
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

test.each([
  ['jobs', 'erasures', { user: 'ada1' }],
  ['holds', 'holds', { user: 'ada1', reason: 'x' }],
])('the list of %s has pages for administrators', async (list, requests, body) => {
  const path = `/admin/v1/rights/${list}`;
  const ids = [];
  for (const user of ['ada1', 'ada2', 'ada3'].map((one) => `${one}${list}`)) {
    ids.push((await asked('admin', 'POST', `/admin/v1/rights/${requests}`, { ...body, user })).answer.id);
  }
  const { answer: all } = await asked('admin', 'GET', path);
  expect(all).toMatchObject({ has_more: false, next: null });
  const paged: string[] = [];
  for (let next = ''; next !== null; ) {
    const { answer } = await asked('admin', 'GET', `${path}?limit=2${next && `&after=${next}`}`);
    expect(answer.data.length).toBeLessThanOrEqual(2);
    expect(answer.has_more).toBe(answer.next !== null);
    paged.push(...answer.data.map(({ id }: { id: string }) => id));
    next = answer.next;
  }
  expect(paged.toSorted()).toEqual(all.data.map(({ id }: { id: string }) => id).toSorted());
  expect(paged).toEqual(expect.arrayContaining(ids));
  for (const query of ['limit=0', 'limit=1001', 'limit=SECRET', 'after=SECRET']) {
    const refused = await asked('admin', 'GET', `${path}?${query}`);
    expect(refused).toMatchObject({ status: 400, code: 'invalid_value' });
    expect(JSON.stringify(refused.answer)).not.toContain('SECRET');
  }
  if (list === 'holds') for (const id of ids) await asked('admin', 'DELETE', `${path}/${id}`);
});

test('a member sees and cancels the hand-over of their content, and nothing of other members', async () => {
  await stored('member', 'left');
  const to = '/admin/v1/rights/exports';
  const half = { user: 'member', recipient: 'otherMember' };
  expect(await asked('admin', 'POST', to, half)).toMatchObject({ status: 400, code: 'missing_required_parameter' });
  const requested = await asked('admin', 'POST', to, { ...half, reason: 'case 9' });
  const { id, release_from: from, requested_at: at } = requested.answer;
  expect(requested.answer).toMatchObject({ state: 'waiting', recipient: 'otherMember', reason: 'case 9' });
  expect(Date.parse(from) - Date.parse(at)).toBe(2 * 86_400_000);
  expect(await asked('otherMember', 'GET', `/v1/exports/${id}`)).toMatchObject({ status: 404 });
  expect(await asked('admin', 'POST', `${to}/${id}/release`)).toMatchObject({ status: 409, code: 'too_early' });

  const own = '/admin/v1/rights/own/jobs';
  for (const role of ['otherMember', 'auditor', 'admin'] as const) {
    expect((await asked(role, 'GET', own)).answer.data).toEqual([]);
    for (const method of ['GET', 'DELETE']) {
      expect(await asked(role, method, `${own}/${id}`)).toMatchObject({ status: 404, code: 'job_not_found' });
    }
  }
  expect((await asked('member', 'GET', `${own}/${id}`)).answer).toMatchObject({ id, release_from: from });
  expect((await asked('member', 'GET', '/v1/exports')).answer.data[0]).toMatchObject({
    id,
    hand_over: { recipient: 'otherMember' },
  });
  expect(await asked('member', 'GET', `${own}?after=${id}`)).toMatchObject({ answer: { data: [], next: null } });
  expect(await asked('member', 'GET', `${own}?after=SECRET`)).toMatchObject({ status: 400, code: 'invalid_value' });
  process.env.EU_RESIDENCY_TOKEN = served.of('sciences').tokens.member;
  const lines: string[] = [];
  const log = jest.spyOn(console, 'log').mockImplementation((line) => void lines.push(line));
  const { url } = served.of('sciences');
  await rights(['status', '--own', '--url', url]);
  expect(lines.pop()).toContain(`${id}`);
  await rights(['call-off', id, '--own', '--url', url]);
  expect(lines.pop()).toContain('state  called-off');
  log.mockRestore();
  expect((await asked('member', 'GET', '/v1/exports')).answer.data[0]).toMatchObject({ id, status: 'expired' });
});

test('a disabled user still sees and cancels the erasure of their content, and can do nothing else', async () => {
  const own = '/admin/v1/rights/own';
  const { id } = (await asked('admin', 'POST', '/admin/v1/rights/erasures', { user: 'member' })).answer;
  await asked('admin', 'POST', '/admin/v1/members/member/disable');
  const refused = { status: 403, code: 'member_disabled' };
  expect(await asked('member', 'GET', '/v1/exports')).toMatchObject(refused);
  expect(await asked('member', 'POST', `${own}/erasures`)).toMatchObject(refused);
  expect(await asked('member', 'GET', '/admin/v1/rights/jobs')).toMatchObject(refused);
  expect(JSON.stringify((await asked('member', 'GET', `${own}/jobs`)).answer)).toContain(id);
  expect(await asked('member', 'DELETE', `${own}/jobs/${id}`)).toMatchObject({ answer: { state: 'called-off' } });
  await asked('admin', 'POST', '/admin/v1/members/member/enable');
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

test('an administrator’s own puppets can’t confirm an erasure, and an operator can in the data folder', async () => {
  const to = '/admin/v1/rights/erasures';
  const requested = await asked('admin', 'POST', to, { user: 'member' }, 'office');
  const { id } = requested.answer;
  expect(requested.answer).toMatchObject({ state: 'awaiting-confirmation', confirm_until: expect.any(String) });
  const added = await asked('admin', 'POST', '/admin/v1/members', { name: 'irma', roles: ['admin'] }, 'office');
  const confirmed = await fetch(`${served.of('office').url.replace(/\/v1$/, '')}${to}/${id}/confirm`, {
    method: 'POST',
    headers: { authorization: `Bearer ${added.answer.development_token}` },
  });
  expect([confirmed.status, (await jsonOf(confirmed)).error.code]).toEqual([409, 'role_too_recent']);
  const log = jest.spyOn(console, 'log').mockImplementation(() => {});
  await rights(['operator-confirm', id, '--workspace', 'office', '--data', served.data, '--yes']);
  log.mockRestore();
  await served.restart();
  const find = async () => (await asked('admin', 'GET', `/admin/v1/rights/jobs/${id}`, undefined, 'office')).answer;
  for (let attempt = 0; attempt < 100 && (await find()).state !== 'erased'; attempt++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  expect(await find()).toMatchObject({ state: 'erased', confirmed_by: 'operator:iam' });
  await renew();
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
    state: 'waiting',
    erases_from: expect.any(String),
  });
  process.env.EU_RESIDENCY_TOKEN = served.of('sciences').tokens.otherMember;
  await rights(['erase', '--own', '--url', url, '--format', 'json']);
  expect(JSON.parse(lines.pop() ?? '')).toMatchObject({
    kind: 'erase',
    state: 'erased',
    certificate_from: expect.any(String),
  });
  await rights(['status', '--own', '--url', url]);
  expect(lines.pop()).toContain('state  erased');
  log.mockRestore();
  const { answer: recorded } = await asked('auditor', 'GET', '/admin/v1/records?of=rights&member=otherMember');
  const about = recorded.data.filter((record: Record<string, string>) => record.about === 'otherMember');
  expect(about.map(({ act, member, about }: Record<string, string>) => [act, member, about])).toEqual([
    ['right.hold', 'admin', 'otherMember'],
    ['right.release-hold', 'admin', 'otherMember'],
    ['right.erase', 'admin', 'otherMember'],
    ['right.erase', 'otherMember', 'otherMember'],
  ]);
  expect(JSON.stringify(recorded)).not.toContain('case 7');
  expect(await asked('otherMember', 'GET', '/v1/conversations')).toMatchObject({ status: 403, code: 'content_erased' });
  expect(await asked('otherMember', 'GET', '/v1/models')).toMatchObject({ status: 403, code: 'content_erased' });
  await served.restart();
  expect(await asked('otherMember', 'GET', '/v1/conversations')).toMatchObject({ status: 403, code: 'content_erased' });
  expect(await asked('member', 'GET', '/v1/conversations')).toMatchObject({ status: 200 });
  await renew();
});

test('an administrator whose own content is erased can still act as one', async () => {
  const erased = await asked('admin', 'POST', '/admin/v1/rights/own/erasures');
  expect(erased).toMatchObject({ status: 202, answer: { user: 'admin' } });
  expect(await asked('admin', 'GET', '/admin/v1/rights/jobs')).toMatchObject({ status: 200 });
  expect(await asked('admin', 'GET', '/admin/v1/members')).toMatchObject({ status: 200 });
});
