import type OpenAI from 'openai';
import type { Fault } from '@/test/support/store-faults';
import { LocalContent } from './support/local-content';

const model = 'assistant';
const LARGE = 'x'.repeat(400_000);

let local: LocalContent;
beforeEach(() => {
  local = new LocalContent();
});
afterEach(() => local.close());

/** A client of a new process, without caches. */
const openaiOf = () => local.openai('ada', local.gateway({ window: { tokens: 1_000_000, bytes: 8_000_000 } }));

/** The content that a member can read. No other row may exist. */
async function visible(openai: OpenAI, conversation: string): Promise<string[]> {
  const texts: string[] = [];
  for await (const item of openai.conversations.items.list(conversation, { order: 'asc' })) {
    if (item.type === 'message') texts.push(item.content.map((part) => ('text' in part ? part.text : '')).join(''));
  }
  return texts;
}

interface Change {
  /** Creates the initial content. */
  readonly before?: (openai: OpenAI, conversation: string) => Promise<unknown>;
  readonly run: (openai: OpenAI, conversation: string, made: unknown) => Promise<unknown>;
}

const asked = (input: string) => (openai: OpenAI, conversation: string) =>
  openai.responses.create({ model, input, conversation });

const CHANGES: Record<string, Change> = {
  'a turn': { run: asked('Guten Tag') },
  'a turn that is too large for the table': { run: asked(LARGE) },
  'a turn after others': { before: asked('before'), run: asked('after') },
  'items that are added': {
    run: (openai, conversation) =>
      openai.conversations.items.create(conversation, {
        items: [
          { role: 'user', content: 'one' },
          { role: 'user', content: 'two' },
        ],
      }),
  },
  'labels that are changed': {
    run: (openai, conversation) => openai.conversations.update(conversation, { metadata: { a: 'b' } }),
  },
  'an item that is deleted': {
    before: asked('before'),
    run: (openai, conversation, made) =>
      openai.conversations.items.delete((made as OpenAI.Responses.Response).output[0]?.id ?? '', {
        conversation_id: conversation,
      }),
  },
  'a response of a thread that is deleted': {
    before: async (openai) => {
      const { id } = await openai.responses.create({ model, input: 'one' });
      return openai.responses.create({ model, input: 'two', previous_response_id: id });
    },
    run: (openai, _, made) => openai.responses.delete((made as OpenAI.Responses.Response).id),
  },
};

const CASES = Object.keys(CHANGES).flatMap((name) =>
  (['before', 'after'] as const).map((fault) => [name, fault] as const),
);

test.each(CASES)(
  '%s, killed %s each call in turn, is stored completely or not at all',
  async (name, fault) => {
    const { before, run } = CHANGES[name] as Change;
    for (let nth = 1; ; nth++) {
      const openai = openaiOf();
      const { id } = await openai.conversations.create();
      const made = await before?.(openai, id);
      const was = await seen(openai, id, made);
      let isReached = false;
      local.faults.choose((_, at): Fault | undefined => {
        if (at !== nth) return undefined;
        isReached = true;
        return fault;
      });
      const failed = await run(openai, id, made).then(
        () => false,
        (error) => {
          expect(error.status).toBe(503);
          return true;
        },
      );
      local.faults.none();
      // As read by another process, without caches.
      const after = await seen(openaiOf(), id, made);
      if (!isReached) {
        expect(failed).toBe(false);
        expect(after).not.toEqual(was);
        break;
      }
      // Never partial: either unchanged, or as after a run without failures.
      if (failed && JSON.stringify(after) === JSON.stringify(was)) await run(openaiOf(), id, made);
      const whole = await seen(openaiOf(), id, made);
      expect(whole.replaceAll(/[0-9a-f]{16,}/g, '')).toBe((await unfailed(name)).replaceAll(/[0-9a-f]{16,}/g, ''));
    }
  },
  60_000,
);

const once = new Map<string, Promise<string>>();

/** The content after a run without failures. */
function unfailed(name: string): Promise<string> {
  const { before, run } = CHANGES[name] as Change;
  const make = async () => {
    const openai = openaiOf();
    const { id } = await openai.conversations.create();
    const made = await before?.(openai, id);
    await run(openai, id, made);
    return seen(openai, id, made);
  };
  const known = once.get(name) ?? make();
  once.set(name, known);
  return known;
}

async function seen(openai: OpenAI, conversation: string, made: unknown): Promise<string> {
  const { metadata } = await openai.conversations.retrieve(conversation);
  const id = (made as { id?: string } | undefined)?.id ?? '';
  const response = id.startsWith('resp_')
    ? await openai.responses.retrieve(id).then(
        ({ output_text }) => output_text,
        ({ status }) => status,
      )
    : undefined;
  return JSON.stringify([metadata, await visible(openai, conversation), response]);
}

test.each(['before', 'after'] as const)(
  'a deletion that is killed %s each call in turn is completed by the next request',
  async (fault) => {
    for (let nth = 1, reached = true; reached; nth++) {
      const openai = openaiOf();
      const { id } = await openai.conversations.create({ metadata: { a: 'b' } });
      await openai.responses.create({ model, input: LARGE, conversation: id });
      await openai.responses.create({ model, input: 'Guten Tag', conversation: id });
      reached = false;
      local.faults.choose((_, at): Fault | undefined => {
        if (at !== nth) return undefined;
        reached = true;
        return fault;
      });
      const failed = await openai.conversations.delete(id).then(
        () => false,
        () => true,
      );
      local.faults.none();
      const still = await openai.conversations.retrieve(id).then(
        () => true,
        () => false,
      );
      if (still) {
        expect(failed).toBe(true);
        expect(await visible(openai, id)).toHaveLength(4);
        await openai.conversations.delete(id);
      }
      // The next change deletes any remains.
      const { id: next } = await openai.conversations.create();
      expect((await local.rows()).map(({ sk }) => sk?.S)).toEqual([`conversation#${next}`]);
      expect(await local.objects()).toBe(0);
      await openai.conversations.delete(next);
    }
  },
  60_000,
);

test('throttled and unprocessed writes are retried', async () => {
  const openai = openaiOf();
  const { id } = await openai.conversations.create();
  local.faults.choose((_, nth) => (nth % 2 === 1 ? 'throttle' : undefined));
  await openai.responses.create({ model, input: 'Guten Tag', conversation: id });
  expect(await visible(openai, id)).toHaveLength(2);
  let left = 3;
  local.faults.choose((call) =>
    call !== 'dynamodb.BatchWriteItem' || left-- <= 0
      ? undefined
      : async ({ body }) => {
          const { RequestItems } = JSON.parse(Buffer.from(body).toString());
          return json({ UnprocessedItems: RequestItems });
        },
  );
  await openai.conversations.delete(id);
  local.faults.none();
  expect(await local.rows()).toEqual([]);
});

test.each(['TransactionConflict', 'ThrottlingError'])(
  'a transaction that is cancelled by %s is repeated',
  async (Code) => {
    const openai = openaiOf();
    const { id } = await openai.conversations.create();
    let left = 3;
    local.faults.choose((call) =>
      call !== 'dynamodb.TransactWriteItems' || left-- <= 0
        ? undefined
        : async () =>
            json({ __type: 'TransactionCanceledException', CancellationReasons: [{ Code }, { Code: 'None' }] }, 400),
    );
    await openai.responses.create({ model, input: 'Guten Tag', conversation: id });
    expect(await visible(openai, id)).toHaveLength(2);
  },
);

const json = (body: object, statusCode = 200) => ({
  statusCode,
  headers: { 'content-type': 'application/x-amz-json-1.0' },
  body: Buffer.from(JSON.stringify(body)),
});
