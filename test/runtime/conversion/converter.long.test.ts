import { Readable } from 'node:stream';
import { conversionHandler } from '@/lib/runtime/conversion/conversion-handler';
import { CONVERSIONS, LocalContent } from '@/test/runtime/workspace/conversations/support/local-content';
import { docx, paragraph } from './support/documents';

let local: LocalContent;
beforeEach(() => {
  local = new LocalContent();
});
afterEach(() => local.close());

const content = docx(paragraph('Grüße'));
const openai = () => local.openai('ada', local.gateway({ conversions: { table: CONVERSIONS } }));
const upload = async (): Promise<string> =>
  (await openai().files.create({ file: new File([new Uint8Array(content)], 'a.docx'), purpose: 'user_data' })).id;

/** Erases a member, with all waits of the job. */
async function erase(user: string): Promise<void> {
  const rights = local.rights();
  const { id } = await rights.erase(user, user);
  for (let hour = 0; hour < 30; hour++) {
    local.time += 3_600_000;
    await rights.runner.run(id);
  }
  expect(await rights.find(id)).toMatchObject({ state: 'certified' });
}

/** A batch of the stream, which has the keys of requests. */
const batch = (eventName: string, ...files: string[]) => ({
  Records: files.map((sk) => ({ eventName, dynamodb: { Keys: { pk: { S: 'ada' }, sk: { S: sk } } } })),
});

const status = async (id: string) => (await openai().files.retrieve(id)).status;

describe.each(['before', 'after'] as const)('a process that is killed %s a call', (fault) => {
  test('leaves a file that waits or is whole, and the next attempt ends it', async () => {
    for (let nth = 1; ; nth++) {
      const id = await upload();
      const wasKilled = await local.faults.killAt(nth, fault, () => local.converter().convert('ada', id));
      const shown = await openai().files.retrieve(id);
      expect(['uploaded', 'processed']).toContain(shown.status);
      await local.converter().convert('ada', id);
      expect(await status(id)).toBe('processed');
      // The file, its text and its report, however often it was converted.
      expect(await local.objects()).toBe(3);
      await openai().files.delete(id);
      expect(await local.objects()).toBe(0);
      if (!wasKilled) {
        expect(nth).toBeGreaterThan(6);
        return;
      }
    }
  });

  test('leaves nothing if the file is deleted before the next attempt', async () => {
    for (let nth = 1; ; nth++) {
      const id = await upload();
      const wasKilled = await local.faults.killAt(nth, fault, () => local.converter().convert('ada', id));
      await openai().files.delete(id);
      expect(await local.converter().convert('ada', id)).toBe('withdrawn');
      expect(await local.objects()).toBe(0);
      if (!wasKilled) return;
    }
  });
});

test('a process of the gateway that is killed stores a file with its request, or neither', async () => {
  for (const fault of ['before', 'after'] as const) {
    for (let nth = 1; ; nth++) {
      const wasKilled = await local.faults.killAt(nth, fault, upload).catch(() => true);
      const { data } = await openai().files.list();
      const requests = await local.backup(CONVERSIONS);
      expect(requests.map(({ sk }) => sk?.S)).toEqual(data.map(({ id }) => id));
      for (const { id } of data) await openai().files.delete(id);
      if (!wasKilled) break;
    }
  }
});

test('a request is answered once', async () => {
  const id = await upload();
  expect(await local.converter().convert('ada', id)).toBe('converted');
  const parse = jest.fn();
  expect(await local.converter({ parse }).convert('ada', id)).toBe('withdrawn');
  expect(parse).not.toHaveBeenCalled();
});

test.each([
  ['no member', '', 'file-1'],
  ['a member with a path', '../bob', `file-${'a'.repeat(44)}`],
  ['no file', 'ada', 'text'],
  ['a file that was never requested', 'ada', `file-${'a'.repeat(44)}`],
])('a request of %s is answered without an effect', async (_, user, file) => {
  local.faults.none();
  expect(await local.converter().convert(user, file)).toBe('withdrawn');
  expect(local.faults.calls.filter((call) => call !== 'dynamodb.GetItem')).toEqual([]);
});

test('a member who was erased meanwhile has no text', async () => {
  const id = await upload();
  await erase('ada');
  expect(await local.converter().convert('ada', id)).toBe('withdrawn');
  expect(await local.objects()).toBe(0);
});

test('an erasure deletes texts and reports', async () => {
  const id = await upload();
  await local.converter().convert('ada', id);
  expect(await status(id)).toBe('processed');
  await erase('ada');
  expect(await local.objects()).toBe(0);
  expect(await local.rows()).toEqual([]);
});

test('an export has a file as it was sent, and its text once there is one, whether or not anyone has looked at it', async () => {
  const [noted, ended, waiting] = [await upload(), await upload(), await upload()];
  for (const id of [noted, ended]) await local.converter().convert('ada', id);
  expect(await status(noted)).toBe('processed');
  const { id } = await local.rights().export('ada', 'root');
  await local.rights().runner.run(id);
  const files = (await local.rows())
    .flatMap(({ file }) => file?.S ?? [])
    .filter((name) => name.startsWith('files/file-'));
  expect(files.sort()).toEqual(
    [noted, ended]
      .flatMap((one) => [`files/${one}`, `files/${one}.txt`])
      .concat(`files/${waiting}`)
      .sort(),
  );
});

test('the handler converts new requests, tries again when a store fails, and logs only counts', async () => {
  const [first, second] = [await upload(), await upload()];
  const lines: object[] = [];
  const handler = conversionHandler(local.converter(), (line) => void lines.push(line));
  await handler(batch('MODIFY', first, second));
  await handler({});
  expect([await status(first), await status(second)]).toEqual(['uploaded', 'uploaded']);
  local.faults.choose((call) => (call === 's3.PUT' ? 'before' : undefined));
  await expect(handler(batch('INSERT', first))).rejects.toThrow('files were not converted: Killed');
  local.faults.none();
  await handler(batch('INSERT', first, second));
  expect([await status(first), await status(second)]).toEqual(['processed', 'processed']);
  expect(lines.at(-1)).toEqual({
    event: 'files-converted',
    converted: 2,
    failed: 0,
    withdrawn: 0,
    errors: [],
    milliseconds: expect.any(Number),
  });
  expect(JSON.stringify(lines)).not.toMatch(/ada|file-|Grüße/);
});

test('an object that was changed is an error of the file, and another store failure is not', async () => {
  const id = await upload();
  const real = local.converter();
  local.faults.choose((call) =>
    call === 's3.GET'
      ? async () => ({ statusCode: 200, headers: {}, body: Readable.from([Buffer.from('changed')]) })
      : undefined,
  );
  expect(await real.convert('ada', id)).toBe('failed');
  local.faults.none();
  expect(await openai().files.retrieve(id)).toMatchObject({ status: 'error' });
});
