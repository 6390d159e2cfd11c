import type { FuzzRequest, Outcome } from './served-process';

/** What requests are sent to. */
export interface Target {
  send(request: FuzzRequest): Promise<Outcome>;
  /**
   * Runs the steps of jobs.
   *
   * @default - they run by themselves
   */
  settle?(): Promise<void>;
}

/** What is stored before each request: as much as single requests can store. */
export interface Prepared {
  readonly conversation: string;
  readonly item: string;
  readonly response: string;
  /** The item of a stored response, which a request may refer to. */
  readonly responseItem: string;
  /** The last segment of a path that is no ID. */
  readonly inputTokens: 'input_tokens';
  readonly file: string;
  /** A file with the lines of a batch, a batch that is over, and a response that was answered in the background. */
  readonly batchFile: string;
  readonly batch: string;
  readonly background: string;
  readonly upload: string;
  readonly part: string;
  readonly prompt: string;
  readonly share: string;
  /** The ID of an API key of the member, and the key itself. */
  readonly key: string;
  readonly apiKey: string;
  readonly hold: string;
  readonly job: string;
  readonly member: string;
  readonly export: string;
}

/** What is stored for the programs of an operator too. */
export interface SystemPrepared extends Prepared {
  /** The IDs of a user and a group that came by SCIM. */
  readonly user: string;
  readonly group: string;
  readonly openProject: 'acme';
}

const PNG = `data:image/png;base64,${Buffer.concat([
  // The header of an image of 8 by 8 pixels, and its end.
  Buffer.from('89504e470d0a1a0a0000000d49484452000000080000000808060000', 'hex'),
  Buffer.alloc(3_000_000),
]).toString('base64')}`;

/** Sends requests that must succeed; each returns a function that reads a text of the answer. */
const calling =
  (target: Target) =>
  async (method: string, path: string, body?: object | FormData, as: FuzzRequest['as'] = 'member') => {
    const sent = body instanceof FormData ? body : body && JSON.stringify(body);
    const { status, answer } = await target.send({ as, method, path, body: sent });
    if (status < 200 || status > 299) throw new Error(`${method} ${path} answered ${status}: ${answer.slice(0, 300)}`);
    return (name: string) => {
      const [, value] = new RegExp(`"${name}":"([^"]+)"`).exec(answer) ?? [];
      if (value === undefined) throw new Error(`${method} ${path} answered no '${name}' in ${answer.slice(0, 300)}`);
      return value;
    };
  };

/** Stores content through the API, and returns its ids. */
async function prepareContent(target: Target): Promise<Omit<Prepared, 'hold' | 'job' | 'member' | 'export'>> {
  const call = calling(target);
  const image = { role: 'user', content: [{ type: 'input_image', detail: 'auto', image_url: PNG }] };
  const conversation = (await call('POST', '/v1/conversations', { metadata: { a: 'x' } }))('id');
  let item = '';
  for (let n = 0; n < 8; n++)
    item = (await call('POST', `/v1/conversations/${conversation}/items`, { items: [image] }))('first_id');
  const response = (await call('POST', '/v1/responses', { model: 'assistant', input: [image], store: true }))('id');
  const responseItem = (await call('GET', `/v1/responses/${response}/input_items?limit=1`))('first_id');
  const form = (field: string, bytes: number, purpose?: string) => {
    const data = new FormData();
    data.set(field, new File(['a '.repeat(bytes / 2)], 'a.txt', { type: 'text/plain' }));
    if (purpose !== undefined) data.set('purpose', purpose);
    return data;
  };
  const file = (await call('POST', '/v1/files', form('file', 4_000_000, 'user_data')))('id');
  const described = { bytes: 4_000_000, filename: 'b.txt', mime_type: 'text/plain', purpose: 'user_data' };
  const upload = (await call('POST', '/v1/uploads', described))('id');
  const part = (await call('POST', `/v1/uploads/${upload}/parts`, form('data', 4_000_000)))('id');
  const prompt = (await call('POST', '/v1/prompts', { instructions: '{{a}}'.repeat(9_000), model: 'assistant' }))('id');
  const jobs = await prepareJobs(target);
  const made = await call('POST', '/v1/keys', { name: 'notebook' });
  const [key, apiKey] = [made('id'), made('key')];
  const share = await shared(target, prompt);
  const rest = { inputTokens: 'input_tokens' as const, file, upload, part, prompt, share, key, apiKey, ...jobs };
  return { conversation, item, response, responseItem, ...rest };
}

/** Runs a batch of large lines, and a large response in the background. */
async function prepareJobs(target: Target): Promise<Pick<Prepared, 'batchFile' | 'batch' | 'background'>> {
  const call = calling(target);
  const body = { model: 'assistant', input: 'a '.repeat(100_000) };
  const lines = Array.from({ length: 15 }, (_, nth) => ({
    custom_id: `${nth}`,
    method: 'POST',
    url: '/v1/responses',
    body,
  }));
  const data = new FormData();
  data.set('file', new File([lines.map((line) => JSON.stringify(line)).join('\n')], 'a.jsonl'));
  data.set('purpose', 'batch');
  const batchFile = (await call('POST', '/v1/files', data))('id');
  const described = { input_file_id: batchFile, endpoint: '/v1/responses', completion_window: '24h' };
  const batch = (await call('POST', '/v1/batches', described))('id');
  const background = (await call('POST', '/v1/responses', { ...body, background: true }))('id');
  await target.settle?.();
  for (const path of [`/v1/batches/${batch}`, `/v1/responses/${background}`]) {
    await until(`${path} is over`, async () => !RUNNING.includes((await call('GET', path))('status')));
  }
  return { batchFile, batch, background };
}

const RUNNING = ['queued', 'in_progress', 'validating', 'finalizing'];

async function until(what: string, is: () => Promise<boolean>): Promise<void> {
  for (let n = 0; !(await is()); n++) {
    if (n === 600) throw new Error(`not within a minute: ${what}`);
    await new Promise((done) => setTimeout(done, 100));
  }
}

/** Shares a prompt with the group that all members are in: its name differs between `serve` and the bundles. */
async function shared(target: Target, prompt: string): Promise<string> {
  for (const group of ['member', 'sciences-member']) {
    const body = JSON.stringify({ group });
    const { answer } = await target.send({ as: 'member', method: 'POST', path: `/v1/prompts/${prompt}/shares`, body });
    const [, id] = /"id":"(shpmpt_\w+)"/.exec(answer) ?? [];
    if (id !== undefined) return id;
  }
  throw new Error('the prompt could not be shared');
}

/** More users than one page of DynamoDB's batched reads. */
const USERS = 120;

/** A directory with a group that all of its users are in, and an open project. */
async function prepareSystems(target: Target): Promise<Pick<SystemPrepared, 'user' | 'group' | 'openProject'>> {
  const call = calling(target);
  const urn = 'urn:ietf:params:scim:schemas:core:2.0';
  const users: string[] = [];
  for (let nth = 0; nth < USERS; nth++) {
    const sent = { schemas: [`${urn}:User`], userName: `user-${nth}`, externalId: `user-${nth}` };
    users.push((await call('POST', '/scim/v2/Users', sent, 'scim'))('id'));
  }
  const members = users.map((value) => ({ value }));
  const group = { schemas: [`${urn}:Group`], displayName: 'all', members };
  await call('PUT', '/admin/v1/projects/acme', {}, 'operator');
  return {
    user: users[0] ?? '',
    group: (await call('POST', '/scim/v2/Groups', group, 'scim'))('id'),
    openProject: 'acme',
  };
}

/** Stores content, and makes what administrators make of it. */
export async function prepare(target: Target): Promise<SystemPrepared> {
  const content = await prepareContent(target);
  const call = calling(target);
  const rights = '/admin/v1/rights';
  const hold = (await call('POST', `${rights}/holds`, { user: 'otherMember', reason: 'a case' }, 'admin'))('id');
  const job = (await call('POST', `${rights}/exports`, { user: 'member' }, 'admin'))('id');
  await target.settle?.();
  await until(
    `job ${job} is ready`,
    async () => (await call('GET', `${rights}/jobs/${job}`, undefined, 'admin'))('state') === 'ready',
  );
  const member = (await call('POST', '/admin/v1/members', { name: 'fuzz', roles: ['member'] }, 'admin'))('id');
  return { ...content, ...(await prepareSystems(target)), hold, job, member, export: job };
}
