import type { Prepared } from '../fuzz/prepared';
import { form } from './forms';
import type { Sender, Sent, Target } from './target';
import { PEOPLE, tokenOf } from './targets/senders';
import { SECRET } from './words';

/** What a member stores, by the names of the routes' parameters. */
export type Stored = Omit<Prepared, 'hold' | 'member' | 'job'>;

/** What is stored before the attacks. */
export interface World {
  /** Of the attacked member, with the IDs that administrators work with. */
  readonly ids: Prepared;
  /** Of the member who attacks, without the secret word. */
  readonly own: Stored;
  /** Of a member whose content is on hold. */
  readonly held: Stored;
  /** What the erased member stored. */
  readonly erased: Stored;
  /** The IDs of a user and a group of `campus`. */
  readonly scim: { readonly user: string; readonly group: string };
  /** The key of the open project `acme`. */
  readonly openKey: string;
}

const model = 'assistant';

/** Stores content of the members, through the API. */
export async function prepareWorld(target: Target): Promise<World> {
  const call = caller(target);
  const member = await storedBy(target, 'member');
  const own = await storedBy(target, 'otherMember', 'plain');
  const held = await storedBy(target, 'held', 'plain');
  // An upload that can be completed without one of its parts.
  const [another, ...itsHeaders] = form({}, 'data', 'another part');
  await call('held', 'POST', `/v1/uploads/${held.upload}/parts`, another, itsHeaders);
  const erased = await storedBy(target, 'erased');
  const rights = '/admin/v1/rights';
  const hold = await call('admin', 'POST', `${rights}/holds`, { user: 'held', reason: 'a case' });
  await call('erased', 'POST', `${rights}/own/erasures`);
  await target.settle();
  const job = member.export;
  const ids = { ...member, hold: hold('id'), job, member: 'member' };
  return { ids, own, held, erased, scim: await directoryOf(target), openKey: await openProject(target, 'acme') };
}

/** A user and a group with them, as the identity system of `campus` sends them. */
async function directoryOf(target: Target): Promise<World['scim']> {
  const call = caller(target);
  const urn = 'urn:ietf:params:scim:schemas:core:2.0';
  const sent = { schemas: [`${urn}:User`], userName: 'ada', externalId: 'ada' };
  const user = (await call('scim', 'POST', '/scim/v2/Users', sent))('id');
  const team = { schemas: [`${urn}:Group`], displayName: 'a team', members: [{ value: user }] };
  return { user, group: (await call('scim', 'POST', '/scim/v2/Groups', team))('id') };
}

/** Creates an open project, and returns a key of it. */
export async function openProject(target: Target, id: string): Promise<string> {
  const sent = { as: 'operator', method: 'PUT', path: `/admin/v1/projects/${id}`, body: {} } as const;
  const { status, body } = await target.send(sent);
  if (status !== 200) throw new Error(`${target.name}: an open project couldn't be created: ${status} ${body}`);
  return target.openProjectKey(id, body);
}

/** @throws if the attacked or the attacking member can't read their own conversation any more */
export async function requireReadable(target: Target, { ids, own }: World, after: string): Promise<void> {
  const conversations = { member: ids.conversation, otherMember: own.conversation };
  for (const [as, id] of Object.entries(conversations)) {
    const { status, body } = await target.send({ as: as as Sender, path: `/v1/conversations/${id}` });
    if (status !== 200)
      throw new Error(
        `${target.name}: after the table '${after}', ${as} can't read their conversation: ${status} ${body.slice(0, 200)}; ` +
          'leave out the attack that removed it',
      );
  }
}

/** Sends requests that must succeed, and returns the values of their answers by name. */
export function caller(target: Target) {
  return async (as: Sender, method: string, path: string, body?: Sent['body'], headers?: Sent['headers']) => {
    const { status, body: answer } = await target.send({ as, method, path, body, headers });
    if (status < 200 || status > 299)
      throw new Error(`${target.name}: ${method} ${path} answered ${status}: ${answer.slice(0, 500)}`);
    return (name: string) => new RegExp(`"${name}":"([^"]+)"`).exec(answer)?.[1] ?? '';
  };
}

/** One of each kind of content, with a word in every text. */
export async function storedBy(target: Target, as: keyof typeof PEOPLE, word = SECRET): Promise<Stored> {
  const call = caller(target);
  const post = (path: string, body?: Sent['body'], headers?: Sent['headers']) => call(as, 'POST', path, body, headers);
  const message = { role: 'user', content: `${word} said` };
  const conversation = (await post('/v1/conversations', { metadata: { a: word }, items: [message] }))('id');
  const item = (await post(`/v1/conversations/${conversation}/items`, { items: [message] }))('first_id');
  const response = (await post('/v1/responses', { model, input: [message], store: true }))('id');
  const responseItem = (await call(as, 'GET', `/v1/responses/${response}/input_items?limit=1`))('first_id');
  const [fileBody, ...fileHeaders] = form({ purpose: 'user_data' }, 'file', `${word} in a file`, `${word}.txt`);
  const file = (await post('/v1/files', fileBody, fileHeaders))('id');
  const described = { bytes: 12, filename: `${word}.txt`, mime_type: 'text/plain', purpose: 'user_data' };
  const upload = (await post('/v1/uploads', described))('id');
  const [partBody, ...partHeaders] = form({}, 'data', `${word} and more`.slice(0, 12));
  const part = (await post(`/v1/uploads/${upload}/parts`, partBody, partHeaders))('id');
  const prompt = (await post('/v1/prompts', { instructions: `${word} {{a}}`, model }))('id');
  const [linesBody, ...linesHeaders] = form({ purpose: 'batch' }, 'file', lineOf(word), `${word}.jsonl`);
  const batchFile = (await post('/v1/files', linesBody, linesHeaders))('id');
  const batch = (await post('/v1/batches', batchOf(batchFile, word)))('id');
  const background = (await post('/v1/responses', { model, input: [message], store: true, background: true }))('id');
  const made = await post('/v1/keys', { name: `${word} notebook` });
  const [key, apiKey] = [made('id'), made('key')];
  const share = await sharedBy(target, as, prompt);
  const job = (await call('admin', 'POST', '/admin/v1/rights/exports', { user: as }))('id');
  await target.settle();
  const jobs = { batchFile, batch, background };
  const rest = { inputTokens: 'input_tokens' as const, file, upload, part, prompt, share, key, apiKey, ...jobs };
  return { conversation, item, response, responseItem, ...rest, export: job };
}

/** A line of a batch, with a word in every text that its sender chooses. */
const lineOf = (word: string): string => {
  const body = {
    model,
    metadata: { [word]: word },
    instructions: word,
    input: `${word} in a line`,
    tools: [{ type: 'function', name: word, description: word, parameters: { type: 'object', properties: {} } }],
  };
  return JSON.stringify({ custom_id: `${word}-1`, method: 'POST', url: '/v1/responses', body });
};

const batchOf = (input_file_id: string, word: string) => ({
  input_file_id,
  endpoint: '/v1/responses',
  completion_window: '24h',
  metadata: { a: word },
});

/** Shares a prompt with a group that no other member is in. */
async function sharedBy(target: Target, as: keyof typeof PEOPLE, prompt: string): Promise<string> {
  const { forge } = target;
  const group = `of ${as}`;
  const claims = { [forge.policy.groupsClaim]: [...forge.policy.groups.member, group] };
  const by = `Bearer ${tokenOf(forge, as, PEOPLE[as], Date.now(), claims)}`;
  const { status, body } = await target.send({
    by,
    method: 'POST',
    path: `/v1/prompts/${prompt}/shares`,
    body: { group },
  });
  if (status !== 200) throw new Error(`${target.name}: a prompt couldn't be shared: ${status} ${body.slice(0, 300)}`);
  return `${JSON.parse(body).id}`;
}
