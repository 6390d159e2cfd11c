import { createHash } from 'node:crypto';
import type { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CloudWatchRecords, KeyGone, nextOf, readConfig, readReadings, readUsage } from './support/code';
import { read, readJson, readLines } from './support/release';
import { RECEIVED, type Received, Upgraded, WORKSPACES } from './support/upgraded';

// A machine may be busy with other tests.
jest.setTimeout(60_000);

const DAY_MS = 86_400_000;

let upgraded: Upgraded;
beforeAll(async () => {
  upgraded = await Upgraded.open();
});
afterAll(() => upgraded.close());

/** Administrators read no counts of what one user has any more (decision 64). */
const withoutCounts = (_: string, value: unknown): unknown => {
  const { user, counts, ...rest } = (value ?? {}) as { readonly user?: string | null; readonly counts?: object };
  return typeof user === 'string' && counts !== undefined ? { user, ...rest } : value;
};

/** What an answer must still have: all that it had, except those counts, and that the message of an error may have other words. */
function promised(given: unknown): object {
  const body: unknown = JSON.parse(JSON.stringify(given, withoutCounts));
  const { error, ...rest } = body as { readonly error?: { readonly message?: string } | null };
  if (!error) return body as object;
  const { message: _, ...promise } = error;
  return { ...rest, error: promise };
}

const digest = (bytes: Buffer) => ({ bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') });

/** What a client receives now, in the form in which it is stored what a client received. */
async function received(one: Pick<Received, 'of' | 'workspace' | 'as' | 'path'>) {
  const { status, bytes, body = digest(bytes) } = await upgraded.ask(one);
  return { status, body };
}

const by = (group: string) => RECEIVED.requests.filter((one) => `${one.of} ${one.workspace} ${one.as}` === group);
const CALLERS = [...new Set(RECEIVED.requests.map(({ of, workspace, as }) => `${of} ${workspace} ${as}`))];
const PROJECTS = CALLERS.filter((caller) => caller.startsWith('projects'));

test('clients of 0.1.0 asked for everything that is stored', () => {
  const paths = new Set(RECEIVED.requests.map(({ path }) => path.split(/[/?]/).slice(2, 3).join()));
  expect([...paths].sort()).toEqual(['conversations', 'exports', 'files', 'models', 'prompts', 'responses', 'v1']);
  expect(CALLERS).toHaveLength(10 + PROJECTS.length);
  expect(PROJECTS).toHaveLength(5);
});

test.each(CALLERS.filter((caller) => !PROJECTS.includes(caller)))('%s receives what 0.1.0 answered', async (caller) => {
  for (const one of by(caller)) {
    expect({ path: one.path, ...(await received(one)) }).toMatchObject({
      path: one.path,
      status: one.status,
      body: promised(one.body),
    });
  }
});

test('API keys open what they opened, and the rotated and the revoked one nothing more', async () => {
  const statuses = RECEIVED.requests.filter(({ of }) => of === 'projects').map(({ status }) => status);
  expect(statuses).toEqual([200, 200, 200, 200, 401]);
  for (const caller of PROJECTS) {
    for (const one of by(caller)) {
      expect(await received(one)).toMatchObject({ status: one.status, body: promised(one.body) });
    }
  }
});

test('the records of API keys are listed as they were', async () => {
  const keys = upgraded.keys();
  const listed = [...(await keys.list('helpdesk-bot')), ...(await keys.list('search'))];
  expect(JSON.parse(JSON.stringify(listed))).toEqual(RECEIVED.keyRecords);
});

test.each(Object.entries(RECEIVED.usage))('the tokens of %s are counted as they were', async (tenant, days) => {
  expect(days.length).toBeGreaterThan(0);
  const table = upgraded.primary.table(WORKSPACES.includes(tenant) ? `${tenant}-usage` : 'projects');
  const [first = '', last = ''] = [days[0]?.day, days.at(-1)?.day];
  // It counted neither caches, models nor destinations.
  const uncounted = { cached: 0, cacheWrite: 0, models: new Map(), destinations: [] };
  expect(await readUsage(table, tenant, first, last)).toEqual(days.map((day) => ({ ...day, ...uncounted })));
});

test('residency records are read from a log group of 0.1.0', async () => {
  const stored = readLines<{ workspace: string; of: string; record: object }>('content/records.jsonl');
  const ofRights = stored.filter(({ workspace, of }) => workspace === 'sciences' && of === 'rights');
  expect(ofRights.length).toBeGreaterThan(10);
  const asked: (string | undefined)[] = [];
  const client = {
    send: async ({ input }: FilterLogEventsCommand) => {
      asked.push(input.logGroupName);
      return { events: ofRights.map(({ record }) => ({ message: JSON.stringify(record) })) };
    },
  };
  const log = new CloudWatchRecords(client as never, { acts: 'a', requests: 'b', rights: 'c' });
  const page = await log.page({ of: 'rights', since: new Date(0), until: new Date(1), limit: 1_000 });
  expect([asked, page.records]).toEqual([['c'], ofRights.map(({ record }) => record)]);
});

test.each(['content', 'serve'])('the configuration in %s is read', (folder) => {
  const file = `${folder}/residency.yaml`;
  const { deployment } = readConfig(read(file), file);
  expect(deployment?.workspaces.length).toBeGreaterThan(0);
});

test.each(WORKSPACES)(
  'every branch key of %s in the recovery Region is the copy of one in the primary',
  async (name) => {
    const copied = await upgraded.copyKeys(name);
    expect(copied).toMatchObject({ copied: 0, erased: 0, alone: 0 });
    expect(copied.unchanged).toBeGreaterThan(0);
  },
);

test.each(WORKSPACES)('the recovery copies of %s are read', async (name) => {
  const { rows, objects } = await upgraded.drill(name);
  expect(rows.read).toBeGreaterThan(4);
  expect([rows.decrypted, objects.decrypted]).toEqual([rows.read, objects.read]);
});

interface JobShown {
  readonly id: string;
  readonly user: string | null;
  readonly kind: string;
  readonly state: string;
  readonly certificate?: string;
  readonly certificate_sha256?: string;
}
const RIGHTS = { of: 'rights', workspace: 'sciences', as: 'root' } as const;
const jobs = async () => {
  const { body } = await upgraded.ask({ ...RIGHTS, path: '/admin/v1/rights/jobs' });
  return (body as { readonly data: readonly JobShown[] }).data;
};
const statesOf = (all: readonly JobShown[], user: string) =>
  all.filter((job) => job.user === user && job.kind !== 'retain').map(({ kind, state }) => `${kind} ${state}`);

/** Everything of a user of sciences that is encrypted, in both Regions. */
async function ciphertextsOf(user: string): Promise<Uint8Array[]> {
  const found: Uint8Array[] = [];
  for (const region of [upgraded.primary, upgraded.recovery]) {
    for (const { pk, content } of await region.rows('sciences-content')) {
      if (pk?.S === `user#${user}` && content?.B !== undefined) found.push(content.B);
    }
    for (const prefix of [`content/${user}/`, `exports/${user}/`]) {
      found.push(...(await region.objects('sciences-files', prefix)).map(({ body }) => body));
    }
  }
  return found;
}

const { jobSteps } = readJson<{ readonly jobSteps: Readonly<Record<string, readonly string[]>> }>('names.json');
test.each(Object.entries(jobSteps))('a job of kind %s goes on, whatever step 0.1.0 left it at', (kind, steps) => {
  const over = steps.filter((step) => nextOf({ id: `${kind}_0`, kind, step } as never, new Date()).actor === undefined);
  expect(over).toEqual(['done']);
});

test('the certificates that 0.1.0 wrote are what its jobs say', async () => {
  const certified = (await jobs()).filter(({ certificate }) => certificate !== undefined);
  expect(certified).toHaveLength(2);
  const objects = await upgraded.primary.objects('evidence', 'certificates/');
  const found = objects.map(({ key, body }) => [key, digest(Buffer.from(body)).sha256]);
  expect(found).toEqual(certified.map(({ certificate, certificate_sha256: sha256 }) => [certificate, sha256]));
});

/** Tests that change the stores have a deployment of their own, so that they pass in any order. */
function onItsOwn(): void {
  let shared: Upgraded;
  beforeAll(async () => {
    shared = upgraded;
    upgraded = await Upgraded.open();
  });
  afterAll(() => {
    upgraded.close();
    upgraded = shared;
  });
}

describe('what adds to the stores', () => {
  onItsOwn();

  test('check results of 0.1.0 let a project be served', async () => {
    const readings = await readReadings(upgraded.primary.table('readings'));
    expect(readings.size).toBe(readLines('content/primary/tables/readings.jsonl').length);
    const [key = ''] = RECEIVED.requests.flatMap(({ of, as }) => (of === 'projects' ? as : []));
    const chat = { model: 'assistant', messages: [{ role: 'user', content: 'Hello' }] };
    const asked = { of: 'projects', workspace: '', as: key, path: '/v1/chat/completions' } as const;
    expect((await upgraded.ask(asked, 'POST', chat)).status).toBe(200);
  });

  test('an upload that was open is completed', async () => {
    const { as, workspace, id, parts, text } = RECEIVED.upload;
    const of = { of: 'workspace', workspace, as } as const;
    const done = await upgraded.ask({ ...of, path: `/v1/uploads/${id}/complete` }, 'POST', { part_ids: parts });
    const { file } = done.body as { readonly file: { readonly id: string } };
    expect((await upgraded.ask({ ...of, path: `/v1/files/${file.id}/content` })).bytes.toString()).toBe(text);
  });

  test('a conversation goes on where it was, with a stored response and a stored prompt', async () => {
    const of = { of: 'workspace', workspace: 'sciences', as: 'gus', path: '/v1/responses' } as const;
    const [conversation = '', response = '', prompt = ''] = ['conversations', 'responses', 'prompts'].map(
      (kind) =>
        RECEIVED.requests.flatMap(({ as, path }) =>
          as === 'gus' ? (new RegExp(`^/v1/${kind}/(\\w+)$`).exec(path)?.[1] ?? []) : [],
        )[0],
    );
    const model = 'assistant';
    for (const body of [
      { model, input: 'More', conversation },
      { model, input: 'More', previous_response_id: response },
      { input: 'More', prompt: { id: prompt, version: '1', variables: { topic: 'law', who: 'me' } } },
    ]) {
      expect(await upgraded.ask(of, 'POST', body)).toMatchObject({ status: 200, body: { status: 'completed' } });
    }
  });
});

describe('an erasure', () => {
  onItsOwn();

  test('leaves nothing readable, and one that was under way is finished', async () => {
    const user = 'gus';
    const ciphertexts = await ciphertextsOf(user);
    expect(ciphertexts.length).toBeGreaterThan(40);
    const outcomes = async () => {
      const found = new Set<string>();
      for (const keyring of upgraded.keyrings('sciences')) {
        for (const text of ciphertexts) {
          await keyring.decrypt(user, text).then(
            () => found.add('read'),
            (error) => found.add(error instanceof KeyGone ? 'no key' : String(error)),
          );
        }
      }
      return [...found];
    };
    expect(await outcomes()).toEqual(['read']);
    const left = RECEIVED.requests.filter(
      ({ as, path, status }) => as === 'ada' && /^\/v1\/exports\//.test(path) && status === 200,
    );
    const statuses = () => Promise.all(left.map(async (one) => (await received(one)).status));
    expect(await statuses()).toEqual([200, 200]);

    const { status } = await upgraded.ask({ ...RIGHTS, path: '/admin/v1/rights/erasures' }, 'POST', { user });
    expect(status).toBe(202);
    expect(await outcomes()).toEqual(['no key']);
    expect(await ciphertextsOf(user)).toEqual([]);
    expect(
      await received({ of: 'workspace', workspace: 'sciences', as: user, path: '/v1/conversations' }),
    ).toMatchObject({
      status: 403,
      body: { error: { code: 'content_erased' } },
    });
    // The user's export that was handed to Ada is deleted too; Ada's own stays.
    expect(await statuses()).toEqual([200, 404]);
    expect(statesOf(await jobs(), 'hal')).toEqual(['erase erased']);

    const { time } = upgraded.clock;
    upgraded.clock.time += DAY_MS + 3_600_000;
    await upgraded.goOn('sciences');
    // The tokens are valid for a day.
    upgraded.clock.time = time;
    const now = await jobs();
    expect(statesOf(now, user)).toEqual(['erase certified', 'export ready', 'export awaiting-release']);
    expect(statesOf(now, 'hal')).toEqual(['erase certified']);
    expect(await upgraded.primary.objects('evidence', 'certificates/')).toHaveLength(4);
  });
});
