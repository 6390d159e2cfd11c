import { toFile } from 'openai';
import type { LocalResponse } from '@/lib/local/aws/shared/request-handler';
import { type Answered, type Change, changedAnswer, rowsIn } from '@/test/support/wrong-answers';
import { LocalContent } from './conversations/support/local-content';

const model = 'assistant';

let local: LocalContent;
let ids: Ids;
beforeAll(async () => {
  local = new LocalContent();
  ids = await stored('ada');
  await stored('eve');
});
afterAll(() => local.close());

interface Ids {
  readonly conversation: string;
  readonly response: string;
  readonly file: string;
  readonly prompt: string;
}

async function stored(member: string): Promise<Ids> {
  const openai = local.openai(member);
  const { id: conversation } = await openai.conversations.create({
    metadata: { of: member },
    items: [{ role: 'user', content: `CANARY of ${member}` }],
  });
  const { id: response } = await openai.responses.create({ model, input: `CANARY of ${member}`, conversation });
  const file = await toFile(Buffer.from(`CANARY of ${member}`), 'note.txt');
  const { id } = await openai.files.create({ file, purpose: 'user_data' });
  const prompt = await openai.post<{ id: string }>('/prompts', { body: { name: member, instructions: member } });
  return { conversation, response, file: id, prompt: prompt.id };
}

/** Requests that read what is stored, without a change. */
const READS: Readonly<Record<string, (ids: Ids) => string>> = {
  'the list of conversations': () => '/conversations',
  'a conversation': ({ conversation }) => `/conversations/${conversation}`,
  'the items of a conversation': ({ conversation }) => `/conversations/${conversation}/items?order=asc`,
  'a response': ({ response }) => `/responses/${response}`,
  'the list of files': () => '/files',
  'a file': ({ file }) => `/files/${file}`,
  'the bytes of a file': ({ file }) => `/files/${file}/content`,
  'the list of prompts': () => '/prompts',
  'a prompt': ({ prompt }) => `/prompts/${prompt}`,
  'the versions of a prompt': ({ prompt }) => `/prompts/${prompt}/versions`,
  'the list of exports': () => '/exports',
};

/** Attributes that not every row of their kind has, so that a row without them is a possible one. */
const OPTIONAL = ['expiresAt', 'tail', 'tailBytes', 'tailSince', 'parentLine', 'parentThrough', 'parentResponse'];

const asJson = (change: Change) => (answer: LocalResponse) => changedAnswer(answer, change);

/** Removes one attribute after the other from every row of an answer. */
const without = (nth: number) =>
  asJson((answer) => {
    let found = false;
    for (const row of rowsIn(answer)) {
      // A header without labels is that of a conversation without labels.
      const isHeader = row.sk?.S?.startsWith('conversation#');
      const names = Object.keys(row).filter((name) => !OPTIONAL.includes(name) && !(isHeader && name === 'content'));
      const name = names.sort()[nth];
      if (name === undefined) continue;
      found = true;
      delete row[name];
    }
    return found ? answer : undefined;
  });

const ofEve = (answer: Answered): object | undefined =>
  rowsIn(answer).length === 0
    ? undefined
    : JSON.parse(JSON.stringify(answer).replaceAll(/(user#|rights#|sciences\/)ada/g, '$1eve'));

const MISTAKES: Readonly<Record<string, (answer: LocalResponse) => LocalResponse | undefined>> = {
  'no body': (answer) => ({ ...answer, body: Buffer.alloc(0) }),
  'half a body': (answer) => {
    const body = Buffer.from(answer.body as Uint8Array);
    return { ...answer, body: body.subarray(0, body.length / 2) };
  },
  "another user's rows": asJson(ofEve),
  'the same page for ever': asJson((answer) => {
    const [row] = rowsIn(answer);
    if (answer.Items === undefined || row === undefined) return undefined;
    return { ...answer, LastEvaluatedKey: { pk: row.pk, sk: row.sk } };
  }),
  'fewer rows than are counted': asJson((answer) => (answer.Items?.length ? { ...answer, Items: [] } : undefined)),
  'truncated ciphertexts': asJson((answer) => {
    const values = rowsIn(answer).flatMap((row) => Object.values(row).flatMap((value) => (value?.B ? [value] : [])));
    for (const value of values) value.B = Buffer.from(`${value.B}`, 'base64').subarray(0, -5).toString('base64');
    return values.length === 0 ? undefined : answer;
  }),
  ...Object.fromEntries([0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((nth) => [`rows without attribute ${nth}`, without(nth)])),
};

test.each(
  Object.entries(READS).flatMap(([what, path]) =>
    Object.entries(MISTAKES).map((one) => [what, one[0], path, one[1]] as const),
  ),
)(
  '%s, from a store that answers with %s, is refused or right',
  async (_what, _mistake, pathOf, mistake) => {
    const read = async () => {
      const gateway = local.gateway({ keyring: local.newKeyring() });
      const headers = { authorization: 'Bearer ada' };
      const response = await gateway.fetch(new Request(`https://gateway.test/v1${pathOf(ids)}`, { headers }));
      return { status: response.status, text: await response.text().catch((error: Error) => error.name) };
    };
    const right = await read();
    expect(right.status).toBe(200);
    for (let nth = 1, reached = true; reached; nth++) {
      let met = 0;
      // From the nth call on to which the mistake applies, every one is answered so.
      local.faults.choose(() => async (_request, real) => {
        const answer = await real();
        const wrong = answer.statusCode < 300 && answer.body instanceof Uint8Array ? mistake(answer) : undefined;
        if (wrong === undefined) return answer;
        met++;
        return met >= nth ? wrong : answer;
      });
      const { status, text } = await read();
      local.faults.none();
      expect(text).not.toContain('eve');
      if (status < 400) expect(text).toBe(right.text);
      else expect([500, 503]).toContain(status);
      reached = met >= nth;
    }
    expect(await read()).toEqual(right);
  },
  120_000,
);
