import { admitPolicy } from '@/lib/runtime/gateway/policy/admitted-policy';
import { parsePolicy } from '@/lib/runtime/gateway/policy/policy';
import type { RecordingOptions } from '@/lib/runtime/http/handler/recording';
import { rightsApi } from '@/lib/runtime/rights/api/rights-api';
import type { Job } from '@/lib/runtime/rights/jobs/job';
import { rulesOf } from '@/lib/runtime/rights/jobs/rules';
import { jsonOf } from '@/test/support/json-of';
import { WORKSPACE } from '../../gateway/support/policies';
import { LocalContent } from '../../workspace/conversations/support/local-content';

let local: LocalContent;
let records: object[];
let begun: Job[];
beforeEach(() => {
  local = new LocalContent();
  records = [];
  begun = [];
});
afterEach(() => local.close());

const policy = admitPolicy(parsePolicy(JSON.stringify(WORKSPACE)));
const rules = rulesOf({ erasureOfOthers: 'second-person' });

const record: RecordingOptions['record'] = (record, { route }) => void records.push({ ...record, route });

/** Sends a request of a person with a role; without a role, as no member. */
async function asked(role: 'admin' | 'member' | undefined, method: string, path: string, body?: object, id = 'root') {
  const api = rightsApi({
    policy,
    rights: local.rights({ rules }),
    onJob: (job) => void begun.push(job),
    middleware: [
      async (c, next) => {
        if (role !== undefined) c.set('member', { id, role });
        await next();
      },
    ],
    record,
  });
  const headers = { 'content-type': 'application/json' };
  const init = body === undefined ? { method } : { method, headers, body: JSON.stringify(body) };
  const response = await api.fetch(new Request(`https://gateway.test/admin/v1/rights${path}`, init));
  const answer = await jsonOf(response);
  return { status: response.status, answer, error: answer.error };
}

const JOB = `_${'0'.repeat(44)}`;
const HOLD = `hold_${'0'.repeat(32)}`;

test.each([
  ['POST', `/exports/export${JOB}/release`, undefined, 'right.release-export', 'job_not_found'],
  ['POST', '/exports/x/release', undefined, 'right.release-export', 'job_not_found'],
  ['POST', `/erasures/erase${JOB}/confirm`, undefined, 'right.confirm-erasure', 'job_not_found'],
  ['POST', '/erasures/x/confirm', undefined, 'right.confirm-erasure', 'job_not_found'],
  ['DELETE', `/closures/close${JOB}`, undefined, 'right.call-off', 'job_not_found'],
  ['DELETE', '/closures/x', undefined, 'right.call-off', 'job_not_found'],
  ['DELETE', `/jobs/erase${JOB}`, undefined, 'right.call-off', 'job_not_found'],
  ['DELETE', '/jobs/x', undefined, 'right.call-off', 'job_not_found'],
  ['GET', `/jobs/erase${JOB}`, undefined, 'right.list', 'job_not_found'],
  ['GET', '/jobs/x', undefined, 'right.list', 'job_not_found'],
  ['DELETE', `/holds/${HOLD}`, undefined, 'right.release-hold', 'hold_not_found'],
  ['DELETE', '/holds/x', undefined, 'right.release-hold', 'hold_not_found'],
  ['GET', `/own/jobs/erase${JOB}`, undefined, 'right.list', 'job_not_found'],
  ['DELETE', '/own/jobs/x', undefined, 'right.call-off', 'job_not_found'],
])('%s %s of nothing is recorded as the act, and answered with why', async (method, path, body, act, code) => {
  const { status, error } = await asked('admin', method, path, body);
  const what = code === 'hold_not_found' ? 'hold' : 'job';
  expect([status, error.code, error.message]).toEqual([404, code, `there is no ${what} with this id`]);
  expect(records).toMatchObject([{ route: 'rights', act, reason: code }]);
  expect(begun).toEqual([]);
});

test.each<[string, string, object | undefined, string, string | undefined]>([
  ['POST', '/exports', { user: 'ada' }, 'right.export', 'ada'],
  ['POST', '/erasures', { user: 'ada' }, 'right.erase', 'ada'],
  ['POST', '/own/erasures', undefined, 'right.erase', 'root'],
  ['POST', '/closures', { workspace: policy.tenant.ids[0], days: 7 }, 'right.close', undefined],
  ['POST', '/holds', { user: 'ada', reason: 'case 7' }, 'right.hold', 'ada'],
])('%s %s is recorded with the affected user, and its job begins', async (method, path, body, act, about) => {
  const { status } = await asked('admin', method, path, body);
  expect(status).toBe(path === '/holds' ? 201 : 202);
  expect(records).toMatchObject([{ act, about }]);
  expect(begun).toHaveLength(1);
});

test('a path that isn’t there is unknown, and none of the rights', async () => {
  const { status, error } = await asked('admin', 'GET', '/nothing');
  expect([status, error.code]).toEqual([404, 'unknown_url']);
  expect(error.message).toContain('docs/WORKSPACES.md');
});

test.each([
  ['POST', '/exports', { user: 'ada' }],
  ['POST', '/erasures', { user: 'ada' }],
  ['POST', `/erasures/erase${JOB}/confirm`, undefined],
  ['DELETE', `/closures/close${JOB}`, undefined],
])('%s %s is for administrators, even if nothing checked that before', async (method, path, body) => {
  for (const role of ['member', undefined] as const) {
    const { status, error } = await asked(role, method, path, body);
    expect([status, error.code]).toEqual([403, 'role_refused']);
    expect(error.message).toBe("this is for the role 'admin'; use the token of an administrator");
  }
  expect([await local.rights().list(), begun]).toEqual([[], []]);
});

test('what a user may do is for users', async () => {
  for (const path of ['/own/jobs', `/own/jobs/erase${JOB}`]) {
    expect((await asked('member', 'GET', path)).status).not.toBe(403);
    expect((await asked(undefined, 'DELETE', `/own/jobs/erase${JOB}`)).error).toMatchObject({ code: 'role_refused' });
  }
  const { status, error } = await asked(undefined, 'POST', '/own/erasures');
  expect([status, error.message]).toEqual([403, 'this is for the users of the workspace; use the token of one']);
});

test.each([
  ['limit=0', "'limit' must be a whole number from 1 to 1000", 'limit'],
  ['limit=1001', "'limit' must be a whole number from 1 to 1000", 'limit'],
  ['limit=1.5', "'limit' must be a whole number from 1 to 1000", 'limit'],
  ['after=x', "'after' must be the 'next' of an earlier page", 'after'],
])('a list with %s is refused, and why', async (query, message, param) => {
  for (const list of ['jobs', 'holds']) {
    const { status, error } = await asked('admin', 'GET', `/${list}?${query}`);
    expect({ status, ...error }).toMatchObject({ status: 400, code: 'invalid_value', message, param });
  }
  expect((await asked('admin', 'GET', '/jobs?limit=1000')).status).toBe(200);
});

test('a body without its field names the field', async () => {
  for (const [path, param] of [
    ['/exports', 'user'],
    ['/erasures', 'user'],
    ['/readmissions', 'user'],
    ['/closures', 'workspace'],
    ['/holds', 'user'],
  ] as const) {
    const { status, error } = await asked('admin', 'POST', path, {});
    expect({ status, ...error }).toMatchObject({ status: 400, code: 'missing_required_parameter', param });
  }
});

test('another workspace isn’t closed by mistake', async () => {
  const { status, error } = await asked('admin', 'POST', '/closures', { workspace: 'another' });
  expect([status, error.param, await local.rights().list()]).toEqual([400, 'workspace', []]);
});

test('a refusal keeps its reason’s code, and a user isn’t told why their content is on hold', async () => {
  await asked('admin', 'POST', '/holds', { user: 'ada', reason: 'SECRET' });
  const { status, error } = await asked('admin', 'POST', '/erasures', { user: 'ada' });
  expect([status, error.code, error.message.includes('SECRET')]).toEqual([409, 'legal_hold', true]);
  const own = await asked('member', 'POST', '/own/erasures', undefined, 'ada');
  expect([own.status, own.error.code, own.error.message]).toEqual([
    409,
    'legal_hold',
    'your content is on hold, so it can not be erased now; ask an administrator',
  ]);
  expect(records.at(-1)).toMatchObject({ reason: 'legal_hold' });
});

test('a store that fails isn’t answered as a hold', async () => {
  local.faults.choose(() => async () => {
    throw new Error('SECRET');
  });
  const { status, error } = await asked('member', 'POST', '/own/erasures', undefined, 'ada');
  expect([status, error.code]).toEqual([500, 'internal_error']);
});

test('a second release of a hold begins no job', async () => {
  const { answer } = await asked('admin', 'POST', '/holds', { user: 'ada', reason: 'case 7' });
  for (const expected of [2, 2]) {
    expect((await asked('admin', 'DELETE', `/holds/${answer.id}`)).status).toBe(200);
    expect(begun).toHaveLength(expected);
  }
});

test('of a job, a user sees and cancels only those about them, and of those no hold', async () => {
  const { answer } = await asked('admin', 'POST', '/erasures', { user: 'ada' });
  await asked('admin', 'POST', '/holds', { user: 'eve', reason: 'case 7' });
  const held = begun.at(-1)?.id;
  const mine = (method: string, of: string, user: string) => asked('member', method, `/own/jobs${of}`, undefined, user);
  expect((await mine('GET', '', 'ada')).answer.data).toMatchObject([{ id: answer.id }]);
  expect((await mine('GET', '', 'eve')).answer.data).toEqual([]);
  for (const [method, id, user] of [
    ['GET', held, 'eve'],
    ['DELETE', held, 'eve'],
    ['GET', answer.id, 'eve'],
    ['DELETE', answer.id, 'eve'],
  ] as const) {
    expect((await mine(method, `/${id}`, user)).status).toBe(404);
  }
  expect((await mine('DELETE', `/${answer.id}`, 'ada')).answer).toMatchObject({ state: 'called-off' });
});
