import { inspect } from 'node:util';
import { operatorHandler } from '@/lib/runtime/rights/deployed/operator-handler';
import type { Job } from '@/lib/runtime/rights/jobs/job';
import { rulesOf } from '@/lib/runtime/rights/jobs/rules';
import { LocalContent } from '../../workspace/conversations/support/local-content';
import { type RightsOptions, rolesOf } from '../support/rights-process';

const RULES = rulesOf({ erasureOfOthers: 'second-person' });

let local: LocalContent;
let begun: Job[];
let lines: object[];
beforeEach(() => {
  local = new LocalContent();
  begun = [];
  lines = [];
});
afterEach(() => local.close());

const run = (event: object, options: Partial<RightsOptions> = {}) =>
  operatorHandler({
    rights: local.rights({ rules: RULES, ...options }),
    begin: async (job) => void begun.push(job),
    log: (line) => void lines.push(line),
  })(event);

test('an operator sees a job, and confirms it only when they say so', async () => {
  const { id } = await local.rights({ rules: RULES }).erase('ada', 'root');
  expect(await run({ job: id })).toMatchObject({ id, state: 'awaiting-confirmation', requested_by: 'root' });
  expect(await run({ job: id, confirm: 'yes' })).toMatchObject({ state: 'awaiting-confirmation' });
  expect([begun, lines]).toEqual([[], []]);
  expect(await run({ job: id, confirm: true })).toMatchObject({ state: 'erasing', confirmed_by: 'operator:iam' });
  expect(begun.map((job) => job.id)).toEqual([id]);
  expect(lines).toEqual([{ event: 'operator-confirmed', job: id }]);
});

test('an operator cancels an erasure and a closure', async () => {
  const { id } = await local.rights({ rules: RULES }).erase('ada', 'root');
  const closure = await local.rights({ rules: RULES }).close('root', 7);
  for (const job of [id, closure.id]) {
    const both = { job, confirm: true, cancel: true };
    expect(await run(both)).toMatchObject({ state: 'called-off', called_off_by: 'operator:iam' });
  }
  expect(lines).toEqual([id, closure.id].map((job) => ({ event: 'operator-cancelled', job })));
});

test('an operator sees why requester and recipient of a hand-over aren’t independent', async () => {
  const of = async (member: string) => (member === 'heir' ? { roles: {}, givers: ['root'] } : undefined);
  const { id } = await local.rights({ rules: RULES }).export('ada', 'root', { recipient: 'heir', reason: 'case 9' });
  expect(await run({ job: id })).not.toHaveProperty('obstacle');
  expect(await run({ job: id }, { roles: rolesOf({ of }) })).toMatchObject({ obstacle: 'not_independent' });
});

test('a refusal because of a hold names no administrator and no reason of theirs, because what is thrown is logged', async () => {
  const rights = local.rights({ rules: RULES });
  const { id } = await rights.erase('ada', 'root');
  await rights.placeHold({ user: 'ada', reason: 'SECRET', by: 'irma' });
  await expect(run({ job: id, confirm: true })).rejects.toThrow('the user has a hold');
  const thrown: unknown = await run({ job: id, confirm: true }).catch((error: unknown) => error);
  expect(inspect(thrown)).not.toMatch(/SECRET|irma/);
});

test.each([{}, { job: 7 }, { job: 'erase_SECRET' }])('%j is refused without repeating it', async (event) => {
  await expect(run(event)).rejects.toThrow("the event must name a 'job'");
  await expect(run(event)).rejects.not.toThrow('SECRET');
});

test('a job that isn’t there is refused', async () => {
  await expect(run({ job: `erase_${'0'.repeat(44)}`, confirm: true })).rejects.toThrow('there is no such job');
});

test('whether people are independent is read only for an operator who decides nothing', async () => {
  const rights = local.rights({ rules: RULES });
  const { id } = await rights.erase('ada', 'root');
  const obstacle = jest.fn(async () => undefined);
  const handler = operatorHandler({
    rights: Object.assign(rights, { obstacle }),
    begin: async () => {},
    log: () => {},
  });
  await handler({ job: id, cancel: true });
  expect(obstacle).not.toHaveBeenCalled();
  await handler({ job: id });
  expect(obstacle).toHaveBeenCalled();
});
