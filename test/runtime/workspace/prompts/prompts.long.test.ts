import type OpenAI from 'openai';
import { LocalContent } from '../conversations/support/local-content';
import { RecordingEcho } from '../conversations/support/recording-echo';
import { SAMPLES, sample } from '../files/support/samples';

const model = 'assistant';

let local: LocalContent;
let watched: RecordingEcho;
let openai: OpenAI;
beforeEach(() => {
  local = new LocalContent();
  watched = new RecordingEcho();
  openai = local.openai('ada', local.gateway({}, watched.upstream));
});
afterEach(() => local.close());

interface Prompt {
  readonly id: string;
  readonly version: string;
}
const make = (body: object, client = openai) => client.post<Prompt>('/prompts', { body });
const codeOf = (asked: Promise<unknown>) =>
  asked.then(
    () => 'none',
    (error) => `${error.status} ${error.code} ${error.param}`,
  );

test('a prompt without a version uses the newest of its two versions', async () => {
  const { id, version } = await make({ name: 'Tutor', instructions: 'Explain {{ topic }} to {{who}}.', model });
  expect(version).toBe('1');
  const second = await openai.post(`/prompts/${id}/versions`, {
    body: { instructions: 'Ask about {{topic}}.', model },
  });
  expect(second).toMatchObject({ object: 'prompt.version', id, version: '2', variables: ['topic'] });
  expect(await openai.get(`/prompts/${id}`)).toEqual({
    id,
    object: 'prompt',
    name: 'Tutor',
    created_at: local.time / 1_000,
    version: '2',
    instructions: 'Ask about {{topic}}.',
    model,
    files: [],
    variables: ['topic'],
  });
  expect(await openai.get(`/prompts/${id}/versions`)).toMatchObject({
    data: [{ version: '2' }, { version: '1', variables: ['topic', 'who'] }],
    has_more: false,
  });

  const variables = { topic: '{{who}}', who: { type: 'input_text' as const, text: 'me' } };
  const first = await openai.responses.create({ input: 'Go', prompt: { id, version: '1', variables } });
  expect(first).toMatchObject({
    model,
    instructions: 'Explain {{who}} to me.',
    prompt: { id, version: '1', variables },
  });
  expect(watched.systems.at(-1)).toEqual(['Explain {{who}} to me.']);
  const newest = { id, variables: { topic: 'law' } };
  const next = await openai.responses.create({ input: 'Go', prompt: newest, instructions: 'Be short.' });
  expect(next.prompt?.version).toBe('2');
  expect(watched.systems.at(-1)).toEqual(['Ask about law.\n\nBe short.']);
  expect(await openai.responses.retrieve(next.id)).toMatchObject({ prompt: { id, version: '2' } });
});

test('a prompt’s files precede the conversation in each request, and are not part of it', async () => {
  const { id: file } = await openai.files.create({ file: sample('txt'), purpose: 'user_data' });
  const { id } = await make({ instructions: 'Know this.', model, files: [file] });
  const { id: conversation } = await openai.conversations.create();
  await openai.responses.create({ input: 'one', prompt: { id }, conversation });
  await openai.responses.create({ input: 'two', prompt: { id }, conversation });
  expect(watched.sent.at(-1)?.map(({ content = [] }) => content.length)).toEqual([2, 1, 1]);
  expect(watched.sent.at(-1)?.[0]?.content?.[0]?.document?.source?.bytes).toEqual(SAMPLES.txt);
  const { data } = await openai.conversations.items.list(conversation, { order: 'asc' });
  expect(data).toHaveLength(4);
  await openai.files.delete(file);
  expect(await codeOf(openai.responses.create({ input: 'x', prompt: { id } }))).toMatch('404 file_not_found prompt');
});

test.each<[string, object, string]>([
  ['no instructions', {}, '400 missing_required_parameter instructions'],
  ['empty instructions', { instructions: '' }, '400 invalid_value instructions'],
  ['instructions of 50,001 characters', { instructions: 'x'.repeat(50_001) }, '400 invalid_value instructions'],
  ['a model that is not served', { instructions: 'x', model: 'gpt-5' }, '404 model_not_found model'],
  ['a file that never was', { instructions: 'x', files: ['file-1'] }, '404 file_not_found files[0]'],
  ['a field that is unknown', { instructions: 'x', temperature: 1 }, '400 unknown_parameter null'],
])('a prompt with %s is refused', async (_, body, expected) => {
  expect(await codeOf(make(body))).toBe(expected);
  expect(await local.rows()).toEqual([]);
});

test.each<[string, object, string]>([
  ['a version that is not there', { version: '3' }, '404 prompt_not_found prompt.version'],
  ['a version that is no number', { version: '1 OR 1' }, '404 prompt_not_found prompt.version'],
  ['a variable that is missing', { variables: {} }, '400 invalid_value prompt.variables'],
  ['a variable too many', { variables: { a: 'x', b: 'y' } }, '400 invalid_value prompt.variables'],
  ['a variable of the language', { variables: { constructor: 'x' } }, '400 invalid_value prompt.variables'],
  ['an image as a variable', { variables: { a: { type: 'input_image' } } }, '400 invalid_value prompt.variables'],
])('a response with %s is refused', async (_, over, expected) => {
  const { id } = await make({ instructions: 'Say {{a}}.', model });
  const prompt = { id, variables: { a: 'x' }, ...over };
  expect(await codeOf(openai.responses.create({ input: 'x', prompt } as never))).toMatch(expected);
  expect(watched.sent).toEqual([]);
});

test('a variable that would make a prompt longer than a million characters is refused before it is filled in', async () => {
  const { id } = await make({ instructions: '{{a}}'.repeat(9_000), model });
  const respond = (length: number) =>
    codeOf(openai.responses.create({ input: 'x', prompt: { id, variables: { a: 'b'.repeat(length) } } }));
  const before = process.memoryUsage().rss;
  expect(await respond(58_000)).toBe('400 context_length_exceeded prompt.variables');
  expect(process.memoryUsage().rss - before).toBeLessThan(200e6);
  expect(await respond(112)).toBe('400 context_length_exceeded prompt.variables');
  // As long as is allowed, which is longer than the window.
  expect(await respond(111)).toBe('400 context_length_exceeded input');
  expect(await respond(1)).toBe('none');
});

test('a request must name the model if the prompt doesn’t', async () => {
  const { id } = await make({ instructions: 'x' });
  expect(await codeOf(openai.responses.create({ input: 'x', prompt: { id } }))).toMatch(
    '400 missing_required_parameter model',
  );
  expect(await openai.responses.create({ model, input: 'x', prompt: { id } })).toMatchObject({ model });
});

test("another's prompt and a prompt that never existed are answered alike", async () => {
  const { id } = await make({ instructions: 'x', model });
  const bob = local.openai('bob');
  const guessed = id.replace(/.{4}$/, '0000');
  const answers = (prompt: string) =>
    Promise.all(
      [
        bob.get(`/prompts/${prompt}`),
        bob.get(`/prompts/${prompt}/versions`),
        bob.post(`/prompts/${prompt}/versions`, { body: { instructions: 'mine' } }),
        bob.delete(`/prompts/${prompt}`),
        bob.responses.create({ model, input: 'x', prompt: { id: prompt } }),
      ].map((asked) => codeOf(asked)),
    );
  const foreign = await answers(id);
  expect(foreign).toEqual(await answers(guessed));
  expect(foreign).toEqual([...Array(4).fill('404 prompt_not_found prompt_id'), '404 prompt_not_found prompt.id']);
  expect(await bob.get('/prompts')).toMatchObject({ data: [] });
});

test('prompts are listed in pages, and deleted with all their versions', async () => {
  const ids: string[] = [];
  for (let n = 0; n < 3; n++) {
    local.time += 1_000;
    ids.push((await make({ name: `${n}`, instructions: 'x' })).id);
  }
  const page = await openai.get<{ data: Prompt[]; has_more: boolean }>('/prompts?limit=2&order=asc');
  expect([page.data.map(({ id }) => id), page.has_more]).toEqual([ids.slice(0, 2), true]);
  expect(await openai.get(`/prompts?order=asc&after=${ids[1]}`)).toMatchObject({
    data: [{ id: ids[2] }],
    has_more: false,
  });
  await Promise.all([1, 2, 3].map(() => openai.post(`/prompts/${ids[0]}/versions`, { body: { instructions: 'y' } })));
  expect(await openai.get(`/prompts/${ids[0]}`)).toMatchObject({ version: '4' });
  for (const id of ids)
    expect(await openai.delete(`/prompts/${id}`)).toEqual({ id, object: 'prompt.deleted', deleted: true });
  expect(await local.rows()).toEqual([]);
});

test('the stores contain no plaintext of a prompt, and a prompt has at most ninety versions', async () => {
  const { id } = await make({ name: 'CANARY-NAME', instructions: 'CANARY-TEXT {{CANARY_VARIABLE}}', model });
  expect(local.bytes()).toContain(id);
  for (const found of ['CANARY', model]) expect(local.bytes()).not.toContain(found);
  const names = new Set((await local.rows()).flatMap((row) => Object.keys(row)));
  expect([...names].sort()).toEqual(['content', 'createdAt', 'pk', 'sk', 'updatedAt', 'version']);
  for (let n = 2; n <= 90; n++) await openai.post(`/prompts/${id}/versions`, { body: { instructions: 'y' } });
  const refused = openai.post(`/prompts/${id}/versions`, { body: { instructions: 'y' } });
  expect(await codeOf(refused)).toBe('400 invalid_value null');
  await openai.delete(`/prompts/${id}`);
  expect(await local.rows()).toEqual([]);
});

test('a refusal of variables names none, because their names are the member’s own', async () => {
  const { id } = await make({ instructions: 'Say {{canaryword}}.', model });
  const asked = openai.responses.create({ input: 'x', prompt: { id, variables: { canaryname: 'x' } } } as never);
  const message = await asked.then(
    () => 'none',
    (error) => error.message,
  );
  expect(message).toContain('every variable of the prompt and no other; GET /v1/prompts/{id} lists them');
  expect(message).not.toMatch(/canary/);
});
