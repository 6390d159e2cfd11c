import '@microsoft/jest-sarif';
import { ACTION, ActionJob, type Comment } from './support/action';
import { HOSTILE, INPUTS, Repository } from './support/repository';

const CHECK = 'Check';
const UPLOAD = 'Upload findings to code scanning';
const COMMENT = 'Comment on the pull request';
const BOT = 'github-actions[bot]';
const event = { pull_request: { number: 7, title: HOSTILE } };

let repository: Repository;
beforeEach(() => {
  repository = new Repository();
});

const job = (options: Partial<ConstructorParameters<typeof ActionJob>[1]> = {}) => {
  const { inputs, ...others } = options;
  return new ActionJob(repository, { inputs: { ...INPUTS, ...inputs }, event, ...others });
};
const comment = (id: number, login: string, body: string): Comment => ({ id, user: { login }, body });

test('a clean pull request passes, with valid reports and no comment', () => {
  const { code, sarif, summary, comments, steps } = job();
  expect([code, comments]).toEqual([0, []]);
  expect(sarif).toBeValidSarifLog();
  expect(sarif?.runs[0]?.results).toEqual([]);
  expect(summary).toMatch(/^## EU residency: inside/);
  expect(steps.get(UPLOAD)?.with?.category).toMatch(/^eu-residency-check-\d+$/);
});

test('a leak fails, is annotated, uploaded and listed in a comment', () => {
  repository.leak();
  const { code, sarif, summary, comments, steps } = job();
  expect(code).toBe(1);
  expect(steps.get(CHECK)?.out).toMatch(/^::error file=stacks\/chat app\.json,line=1,/);
  expect(sarif).toBeValidSarifLog();
  expect(sarif?.runs[0]?.results).toHaveLength(1);
  expect(summary).toMatch(/^## EU residency: refused/);
  expect(comments.map(({ body }) => body.replace(/\d+(?= -->)/, 'SUM'))).toEqual([
    `<!-- eu-residency check SUM -->\n${summary}`,
  ]);
});

test('the comment lists only what a baseline does not contain', () => {
  repository.leak();
  const first = job().comments[0]?.body ?? '';
  expect(first).toContain('us-east-1');
  repository.writeBaseline('base.json');
  const known = job({ inputs: { baseline: 'base.json' }, comments: [comment(3, BOT, first)] });
  expect(known.code).toBe(0);
  expect(known.comments[0]?.body).toContain('1 known finding let pass by the baseline');
  expect(known.comments[0]?.body).not.toContain('us-east-1');
});

test('the job updates its own comment, and no comment of another author or job', () => {
  repository.leak();
  const mark = job().comments[0]?.body.split('\n')[0] ?? '';
  const others = [
    comment(1, 'mallory', `${mark}\nplanted`),
    comment(2, BOT, `${mark.replace('check', 'other')}\nof another job`),
  ];
  const added = job({ comments: others }).comments;
  expect(added.map(({ body }) => body.split('\n')[1])).toEqual(['planted', 'of another job', expect.any(String)]);
  repository.write({ 'stacks/chat app.json': { Resources: {} } });
  const updated = job({ comments: added }).comments;
  expect(updated.map(({ id }) => id)).toEqual(added.map(({ id }) => id));
  expect(updated.slice(0, 2)).toEqual(others);
  expect(updated[2]?.body).toContain('## EU residency: inside');
});

test.each<[string, Partial<ConstructorParameters<typeof ActionJob>[1]>]>([
  ['Region', { inputs: { region: 'eu-west-1' } }],
  ['boundary', { inputs: { boundary: 'DE' } }],
  ['path', { inputs: { paths: 'stacks/*.json' } }],
  ['configuration', { inputs: { config: 'residency.yaml' } }],
  ['job of a matrix', { matrix: { app: 'chat' } }],
  ['workflow', { env: { GITHUB_WORKFLOW: 'nightly' } }],
])('a check of another %s has its own comment and category', (_, other) => {
  repository.leak();
  repository.write({ 'residency.yaml': 'boundary: eu\n' });
  const first = job();
  const second = job({ ...other, comments: first.comments });
  expect(second.comments).toHaveLength(2);
  expect(second.comments[0]).toEqual(first.comments[0]);
  const category = ({ steps }: ActionJob) => steps.get(UPLOAD)?.with?.category;
  expect(category(second)).not.toBe(category(first));
  const again = job({ comments: second.comments });
  expect([again.comments, category(again)]).toEqual([second.comments, category(first)]);
});

test.each([
  ['reading comments is denied', { env: { FAKE_GH_DENIES: 'all' } }],
  ['writing comments is denied', { env: { FAKE_GH_DENIES: 'writes' } }],
  ['the runner has no gh', { hasGh: false }],
])('if %s, the job says so, and the result stays that of the check', (_, options) => {
  const clean = job(options);
  expect([clean.code, clean.steps.get(COMMENT)?.code]).toEqual([0, 0]);
  repository.leak();
  const leaking = job(options);
  expect([leaking.code, leaking.steps.get(COMMENT)?.code]).toEqual([1, 0]);
  expect(leaking.steps.get(COMMENT)?.out).toMatch(/^::notice title=eu-residency::There is no comment/);
  expect(leaking.summary).toContain('us-east-1');
});

test('an input that cannot be read fails, and is reported', () => {
  const { code, sarif, comments } = job({ inputs: { paths: 'missing.json' } });
  expect(code).toBe(2);
  expect(sarif).toBeValidSarifLog();
  expect(comments[0]?.body).toContain('missing.json');
});

test('without a report, nothing is uploaded and no comment is written', () => {
  const { code, steps } = job({ inputs: { boundary: 'XX' } });
  expect(code).toBe(2);
  expect([...steps.keys()]).toEqual([CHECK]);
});

test.each([
  ['sarif', UPLOAD],
  ['comment', COMMENT],
])('%s: false leaves that report out', (name, step) => {
  repository.leak();
  const { code, steps } = job({ inputs: { [name]: 'false' } });
  expect([code, steps.has(step)]).toEqual([1, false]);
});

test('a push has no pull request, so no comment is written', () => {
  expect([...job({ event: {} }).steps.keys()]).toEqual([CHECK, UPLOAD]);
});

test('no name of a branch, title or path is executed', () => {
  const name = `stacks/$(touch pwned)\`touch pwned\`;touch pwned.json`;
  repository.write({ [name]: { Resources: {} } });
  const { code, summary } = job({ inputs: { paths: `${INPUTS.paths}${name}\n` } });
  expect([code, repository.has('pwned')]).toEqual([0, false]);
  expect(summary).toContain('in 2 files');
});

test('no script contains an expression, and only the file of the check is uploaded', () => {
  const scripts = ACTION.runs.steps.flatMap(({ run }) => run ?? []);
  expect(scripts).toHaveLength(2);
  for (const script of scripts) expect(script).not.toContain('${{');
  for (const { uses } of ACTION.runs.steps) expect(uses ?? '@'.padEnd(41, '0')).toMatch(/@[0-9a-f]{40}$/);
});
