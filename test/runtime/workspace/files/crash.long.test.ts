import type OpenAI from 'openai';
import { toFile } from 'openai';
import type { Fault } from '@/test/support/store-faults';
import { LocalContent } from '../conversations/support/local-content';
import { sample } from './support/samples';

const purpose = 'user_data' as const;
const TEXT = 'one two three';

let local: LocalContent;
beforeEach(() => {
  local = new LocalContent();
});
afterEach(() => local.close());

interface Change {
  /** Creates the initial content. */
  readonly before?: (openai: OpenAI) => Promise<string[]>;
  readonly run: (openai: OpenAI, made: readonly string[]) => Promise<unknown>;
}

const piece = (text: string) => toFile(Buffer.from(text), 'blob', { type: 'application/octet-stream' });

async function parts(openai: OpenAI): Promise<string[]> {
  const { id } = await openai.uploads.create({
    bytes: TEXT.length,
    filename: 'a.txt',
    mime_type: 'text/plain',
    purpose,
  });
  const ids: string[] = [];
  for (const text of ['one ', 'two three', 'unused']) {
    ids.push((await openai.uploads.parts.create(id, { data: await piece(text) })).id);
  }
  return [id, ...ids];
}

const CHANGES: Record<string, Change> = {
  'a file that is sent': { run: (openai) => openai.files.create({ file: sample('txt'), purpose }) },
  'a file that is deleted': {
    before: async (openai) => [(await openai.files.create({ file: sample('txt'), purpose })).id],
    run: (openai, [id = '']) => openai.files.delete(id),
  },
  'an upload that is completed': {
    before: parts,
    run: (openai, [id = '', one = '', two = '']) => openai.uploads.complete(id, { part_ids: [one, two] }),
  },
  'an upload that is cancelled': { before: parts, run: (openai, [id = '']) => openai.uploads.cancel(id) },
  'a prompt that is made': { run: (openai) => openai.post('/prompts', { body: { instructions: 'x' } }) },
  'a version that is added': {
    before: async (openai) => [(await openai.post<{ id: string }>('/prompts', { body: { instructions: 'x' } })).id],
    run: (openai, [id]) => openai.post(`/prompts/${id}/versions`, { body: { instructions: 'y' } }),
  },
  'a prompt that is deleted': {
    before: async (openai) => [(await openai.post<{ id: string }>('/prompts', { body: { instructions: 'x' } })).id],
    run: (openai, [id]) => openai.delete(`/prompts/${id}`),
  },
};

/** Everything that a member can read, with the content of every file. */
async function seen(openai: OpenAI): Promise<string[]> {
  const found: string[] = [];
  for await (const { id, bytes } of openai.files.list()) {
    const text = await (await openai.files.content(id)).text();
    expect(Buffer.byteLength(text)).toBe(bytes);
    found.push(text);
  }
  const { data } = await openai.get<{ data: { id: string; version: string }[] }>('/prompts');
  for (const { id, version } of data) {
    const versions = await openai.get<{ data: object[] }>(`/prompts/${id}/versions`);
    expect(versions.data).toHaveLength(Number(version));
    found.push(`version ${version}`);
  }
  return found;
}

const CASES = Object.keys(CHANGES).flatMap((name) =>
  (['before', 'after'] as const).map((fault) => [name, fault] as const),
);

test.each(CASES)(
  '%s, killed %s each call in turn, is stored completely or not at all, and a deletion leaves nothing',
  async (name, fault) => {
    const { before, run } = CHANGES[name] as Change;
    for (let nth = 1; ; nth++) {
      const member = `ada-${nth}`;
      const openai = () => local.openai(member);
      // Caches are filled, so only the change makes calls.
      const made = (await before?.(openai())) ?? [];
      const was = await seen(openai());
      let isReached = false;
      local.faults.choose((_, at): Fault | undefined => {
        if (at !== nth) return undefined;
        isReached = true;
        return fault;
      });
      const failed = await run(openai(), made).then(
        () => false,
        (error) => {
          expect(error.status).toBe(503);
          return true;
        },
      );
      local.faults.none();
      const after = await seen(openai());
      const whole = await unfailed(name);
      // Acknowledged content exists; other content exists completely or not at all.
      if (!failed) expect(after).toEqual(whole);
      else expect([was, whole].map(String)).toContain(String(after));
      if (!isReached) {
        if (name !== 'an upload that is cancelled') expect(after).not.toEqual(was);
        break;
      }
      // The member's next file deletes the remains of a deletion. Only an object that no row names stays.
      const { id } = await openai().files.create({ file: sample('png'), purpose });
      await openai().files.delete(id);
      const left = (await local.rows(member)).filter(({ sk }) => sk?.S?.startsWith('leftover#'));
      expect(left).toEqual([]);
    }
  },
  60_000,
);

const once = new Map<string, Promise<string[]>>();

/** The content after a run without failures. */
function unfailed(name: string): Promise<string[]> {
  const known = once.get(name);
  if (known !== undefined) return known;
  const { before, run } = CHANGES[name] as Change;
  const made = (async () => {
    const other = new LocalContent();
    try {
      const openai = other.openai();
      await run(openai, (await before?.(openai)) ?? []);
      return await seen(openai);
    } finally {
      other.close();
    }
  })();
  once.set(name, made);
  return made;
}

test('an unacknowledged part does not break an upload, and an acknowledged part is stored', async () => {
  for (const fault of ['before', 'after'] as const) {
    for (let nth = 1; nth < 12; nth++) {
      const openai = local.openai();
      const { id } = await openai.uploads.create({
        bytes: TEXT.length,
        filename: 'a',
        mime_type: 'text/plain',
        purpose,
      });
      const first = await openai.uploads.parts.create(id, { data: await piece('one ') });
      local.faults.choose((_, at): Fault | undefined => (at === nth ? fault : undefined));
      const add = async () => (await openai.uploads.parts.create(id, { data: await piece('two three') })).id;
      const given = await add().catch(() => undefined);
      local.faults.none();
      const part_ids = [first.id, given ?? (await add())];
      const { file } = await openai.uploads.complete(id, { part_ids });
      expect(await (await openai.files.content(file?.id ?? '')).text()).toBe(TEXT);
    }
  }
}, 60_000);
