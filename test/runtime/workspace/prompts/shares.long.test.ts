import { type OpenAI, toFile } from 'openai';
import { groupKeysOf } from '@/lib/runtime/rights/steps/group-keys';
import { KeyGone } from '@/lib/runtime/workspace/keyring/keyring';
import { Killed } from '@/test/support/store-faults';
import { unpacked } from '../../rights/support/archive';
import { LocalContent } from '../conversations/support/local-content';
import { RecordingEcho } from '../conversations/support/recording-echo';

const model = 'assistant';
const GROUP = 'course 7 <b>';
const SECRET = 'CANARY of the shared file';
const DAY_MS = 86_400_000;

interface Share {
  readonly id: string;
  readonly version: string;
  readonly files: number;
}

let local: LocalContent;
let watched: RecordingEcho;
beforeEach(() => {
  local = new LocalContent();
  watched = new RecordingEcho();
  for (const member of ['ada', 'bob']) local.groups.set(member, ['member', GROUP]);
  local.groups.set('eve', ['member']);
});
afterEach(() => local.close());

const as = (member: string) => local.openai(member, local.gateway({}, watched.upstream));
const codeOf = (asked: PromiseLike<unknown>) =>
  Promise.resolve(asked).then(
    () => 'none',
    (error) => `${error.status} ${error.code} ${error.param}`,
  );

async function promptWithFile(openai: OpenAI, text = SECRET) {
  const file = await openai.files.create({ file: await toFile(Buffer.from(text), 'note.txt'), purpose: 'user_data' });
  const body = { name: 'Tutor', instructions: 'Explain {{topic}}.', model, files: [file.id] };
  const { id } = await openai.post<{ readonly id: string }>('/prompts', { body });
  return { id, file: file.id };
}
const share = (openai: OpenAI, prompt: string, group = GROUP) =>
  openai.post<Share>(`/prompts/${prompt}/shares`, { body: { group } });
const useIt = (member: string, id: string) =>
  as(member).responses.create({ input: 'Go', prompt: { id, variables: { topic: 'law' } } });
/** The contents of the files that the model was sent last. */
const seen = () =>
  (watched.sent.at(-1) ?? []).flatMap(({ content = [] }) =>
    content.flatMap(({ document }) => Buffer.from(document?.source?.bytes ?? '').toString() || []),
  );

async function shared() {
  const prompt = await promptWithFile(as('ada'));
  return { ...prompt, share: (await share(as('ada'), prompt.id)).id };
}

test('a member of the group lists and uses a shared prompt with its file, which they can’t read otherwise', async () => {
  const { id, file, share: shareId } = await shared();
  const listed = await as('bob').get<{ readonly data: readonly object[] }>(
    `/shared_prompts?group=${encodeURIComponent(GROUP)}`,
  );
  expect(listed.data).toEqual([
    {
      id: shareId,
      object: 'shared_prompt',
      created_at: local.time / 1_000,
      group: GROUP,
      name: 'Tutor',
      version: '1',
      instructions: 'Explain {{topic}}.',
      model,
      files: 1,
      variables: ['topic'],
    },
  ]);
  const response = await useIt('bob', shareId);
  expect(response.prompt).toEqual({ id: shareId, version: '1', variables: { topic: 'law' } });
  expect(response.instructions).toBe('Explain law.');
  expect(seen()).toEqual([SECRET]);
  expect(await codeOf(as('bob').files.retrieve(file))).toBe('404 file_not_found file_id');
  expect(await codeOf(as('bob').get(`/prompts/${id}`))).toBe('404 prompt_not_found prompt_id');
  expect(await codeOf(as('bob').get(`/prompts/${shareId}`))).toBe('404 prompt_not_found prompt_id');
});

test('no one else uses it: outside the group, with an invented ID, in another version, or once they left', async () => {
  const { share: shareId } = await shared();
  const notFound = '404 prompt_not_found prompt.id';
  expect(await codeOf(useIt('eve', shareId))).toBe(notFound);
  expect(await codeOf(as('eve').get(`/shared_prompts?group=${encodeURIComponent(GROUP)}`))).toBe(
    '400 invalid_value group',
  );
  const invented = `${shareId.slice(0, -4)}${shareId.endsWith('0000') ? '1111' : '0000'}`;
  expect(await codeOf(useIt('bob', invented))).toBe(notFound);
  const version = as('bob').responses.create({
    input: 'Go',
    prompt: { id: shareId, version: '2', variables: { topic: 'x' } },
  });
  expect(await codeOf(version)).toBe('404 prompt_not_found prompt.version');
  local.groups.set('bob', ['member', 'course 8']);
  expect(await codeOf(useIt('bob', shareId))).toBe(notFound);
});

test('only the group’s own members share with it, and only their own prompts', async () => {
  const { id, share: shareId } = await shared();
  const other = await promptWithFile(as('eve'));
  expect(await codeOf(share(as('eve'), other.id))).toBe('400 invalid_value group');
  expect(await codeOf(share(as('bob'), id))).toBe('404 prompt_not_found prompt_id');
  expect(await codeOf(as('bob').delete(`/prompts/${id}/shares/${shareId}`))).toBe('404 prompt_not_found share_id');
  await useIt('bob', shareId);
});

test('the tokens of its input are counted with the text and the files of the share', async () => {
  const { share: shareId } = await shared();
  const counted = (body: object) =>
    as('bob').post<{ readonly input_tokens: number }>('/responses/input_tokens', { body: { input: 'Go', ...body } });
  const { input_tokens: without } = await counted({ model });
  const { input_tokens: tokens } = await counted({ prompt: { id: shareId, variables: { topic: 'law' } } });
  const own = await promptWithFile(as('bob'));
  expect(await counted({ prompt: { id: own.id, variables: { topic: 'law' } } })).toMatchObject({
    input_tokens: tokens,
  });
  expect(tokens).toBeGreaterThan(without);
  expect(watched.sent).toEqual([]);
});

test('sharing again replaces the share, and it ends with its removal or with the prompt', async () => {
  const { id, share: first } = await shared();
  await as('ada').post(`/prompts/${id}/versions`, { body: { instructions: 'Ask about {{topic}}.', model } });
  const second = await share(as('ada'), id);
  expect(second).toMatchObject({ version: '2', files: 0 });
  expect(await codeOf(useIt('bob', first))).toBe('404 prompt_not_found prompt.id');
  expect(await as('ada').get(`/prompts/${id}/shares`)).toMatchObject({ data: [{ id: second.id }] });
  await as('ada').delete(`/prompts/${id}/shares/${second.id}`);
  expect(await codeOf(useIt('bob', second.id))).toBe('404 prompt_not_found prompt.id');
  const third = await share(as('ada'), id);
  await as('ada').delete(`/prompts/${id}`);
  expect(await codeOf(useIt('bob', third.id))).toBe('404 prompt_not_found prompt.id');
  const kinds = (await local.backup('sciences')).map(({ sk }) => sk?.S?.split('#')[0]);
  expect(kinds.filter((kind) => ['share', 'sharedfile', 'sharedby', 'leftover'].includes(kind ?? ''))).toEqual([]);
});

test('of shares of one prompt at the same time one remains, and what the others stored is gone', async () => {
  const { id } = await promptWithFile(as('ada'));
  const before = await local.objects();
  // None is stored before all four have read what is shared.
  let waiting = 0;
  let release = () => {};
  const all = new Promise<void>((resolve) => {
    release = resolve;
  });
  local.faults.choose((call) =>
    call === 'dynamodb.TransactWriteItems'
      ? async ({ body }, real) => {
          if (body.toString().includes('sharedby#') && ++waiting === 4) release();
          if (body.toString().includes('sharedby#')) await all;
          return real();
        }
      : undefined,
  );
  const made = await Promise.all(Array.from({ length: 4 }, () => share(as('ada'), id)));
  local.faults.none();
  const { data } = await as('ada').get<{ readonly data: readonly Share[] }>(`/prompts/${id}/shares`);
  expect(data).toHaveLength(1);
  const used = await Promise.all(made.map((one) => codeOf(useIt('bob', one.id))));
  expect(used.filter((code) => code === 'none')).toHaveLength(1);
  expect(used.filter((code) => code === '404 prompt_not_found prompt.id')).toHaveLength(3);
  const next = await share(as('ada'), id);
  await useIt('bob', next.id);
  const kinds = (await local.backup('sciences')).map(({ sk }) => sk?.S?.split('#')[0] ?? '');
  expect(kinds.filter((kind) => ['share', 'sharedfile', 'sharedby'].includes(kind)).sort()).toEqual([
    'share',
    'sharedby',
    'sharedfile',
  ]);
  expect(await local.objects()).toBe(before + 1);
});

/** Ends the call that stores a share with an error. */
const failShare = (fault: 'before' | 'after') =>
  local.faults.choose((call) =>
    call === 'dynamodb.TransactWriteItems'
      ? async ({ body }, real) => {
          if (!body.toString().includes('sharedby#')) return real();
          if (fault === 'after') await real();
          throw new Killed(fault);
        }
      : undefined,
  );

test('a share that can’t be stored leaves nothing, and one that was stored before an error keeps its files', async () => {
  const { id } = await promptWithFile(as('ada'));
  const before = await local.objects();
  failShare('before');
  expect(await codeOf(share(as('ada'), id))).toMatch(/^50\d /);
  expect(await local.objects()).toBe(before);
  failShare('after');
  expect(await codeOf(share(as('ada'), id))).toMatch(/^50\d /);
  local.faults.none();
  const { data } = await as('ada').get<{ readonly data: readonly Share[] }>(`/prompts/${id}/shares`);
  await useIt('bob', data[0]?.id ?? '');
  expect(seen()).toEqual([SECRET]);
});

test('a request stores no share once an erasure has deleted the row that names its key', async () => {
  const { id } = await shared();
  const before = await local.objects();
  const isOfKey = ({ sk }: { readonly sk?: { readonly S?: string } }) => sk?.S?.startsWith('sharekey#') === true;
  local.faults.choose((call) =>
    call === 's3.PUT'
      ? async (_, real) => {
          await local.contentTable().deleteAll((await local.rows('ada')).filter(isOfKey));
          return real();
        }
      : undefined,
  );
  expect(await codeOf(share(as('ada'), id))).toMatch(/^4\d\d /);
  local.faults.none();
  expect((await local.rows('ada')).filter(({ sk }) => sk?.S?.startsWith('share#'))).toHaveLength(1);
  expect(await local.objects()).toBe(before);
});

test('a share outlives the file that was shared, and the stores have nothing readable of it', async () => {
  const { file, share: shareId } = await shared();
  await as('ada').files.delete(file);
  await useIt('bob', shareId);
  expect(seen()).toEqual([SECRET]);
  for (const text of [SECRET, GROUP, 'Tutor', 'Explain']) expect(local.bytes()).not.toContain(text);
});

test('a share has a key of its own, which an erasure of the member ends: nothing decrypts, backups included', async () => {
  const { share: shareId } = await shared();
  const before = await local.backup('sciences');
  const [row] = before.filter(({ sk }) => sk?.S === `share#${shareId}`);
  const key = row?.key?.S ?? '';
  expect(key).toMatch(/^group-[0-9a-f]{40}$/);
  const message = row?.content?.B ?? new Uint8Array();
  await local.newKeyring().decrypt(key, message);
  await expect(local.newKeyring().decrypt('ada', message)).rejects.toThrow(/belongs to another/);

  const rights = local.rights();
  const { id } = await rights.erase('ada', 'ada');
  await rights.runner.run(id);
  expect(await codeOf(useIt('bob', shareId))).toBe('404 prompt_not_found prompt.id');
  expect(groupKeysOf((await rights.find(id))?.figures ?? {})).toEqual([key]);
  await local.restore('sciences', before);
  await expect(local.newKeyring().decrypt(key, message)).rejects.toThrow(KeyGone);
  expect(
    (await local.backup('sciences-keys')).filter(
      (one) => one['branch-key-id']?.S === `sciences/${key}` && one.enc !== undefined,
    ),
  ).toEqual([]);
});

test('a key that a request made during the erasure is ended too, and a day passes before it is certified', async () => {
  await shared();
  const rows = (await local.backup('sciences')).filter(({ sk }) => /^share(key)?#/.test(sk?.S ?? ''));
  const rights = local.rights();
  const { id } = await rights.erase('ada', 'ada');
  await rights.runner.run(id);
  const late = rows.map((row) => ({ ...row, ...(row.key && { key: { S: `group-${'0'.repeat(40)}` } }) }));
  await local.newKeyring().ensureKey(`group-${'0'.repeat(40)}`);
  await local.restore('sciences', late);
  local.time += DAY_MS + 120_000;
  await rights.runner.run(id);
  expect(await rights.find(id)).toMatchObject({ step: 'late' });
  await expect(local.newKeyring().encrypt(`group-${'0'.repeat(40)}`, new Uint8Array())).rejects.toThrow(KeyGone);
  local.time += DAY_MS + 120_000;
  await rights.runner.run(id);
  expect((await rights.find(id))?.step).toBe('done');
});

test.each([
  ['the name of a key', /^sharekey#/],
  ['a share', /^share(d(file|by))?#/],
])('%s that is written between the listing of shares and the deletion of rows is found too', async (_, kinds) => {
  await shared();
  const key = `group-${'0'.repeat(40)}`;
  const other = 'f'.repeat(32);
  const late = (await local.backup('sciences'))
    .filter(({ sk }) => kinds.test(sk?.S ?? ''))
    .map((row) => ({
      ...row,
      ...(row.pk?.S?.startsWith('user#group-') && { pk: { S: `user#group-${other}` } }),
      sk: { S: (row.sk?.S ?? '').replace(/(#|shpmpt_)[0-9a-f]{32}/, `$1${other}`) },
      ...(row.key && { key: { S: key } }),
    }));
  await local.newKeyring().ensureKey(key);
  let listed = 0;
  local.faults.choose((call) =>
    call === 'dynamodb.Query'
      ? async ({ body }, real) => {
          const answer = await real();
          // The second listing: the keys that were there are ended and noted by then, so rows are deleted next.
          if (body.toString().includes('"share~"') && ++listed === 2) await local.restore('sciences', late);
          return answer;
        }
      : undefined,
  );
  const rights = local.rights();
  const { id } = await rights.erase('ada', 'ada');
  await rights.runner.run(id);
  local.faults.none();
  expect(listed).toBeGreaterThan(2);
  expect(groupKeysOf((await rights.find(id))?.figures ?? {})).toContain(key);
  const left = (await local.backup('sciences')).map(({ sk }) => sk?.S ?? '');
  expect(left.filter((sk) => sk.startsWith('share'))).toEqual([]);
  await expect(local.newKeyring().encrypt(key, new Uint8Array())).rejects.toThrow(KeyGone);
});

test('a readmitted member shares under another key', async () => {
  const { share: shareId } = await shared();
  const keyOf = async () => (await local.rows('ada')).find(({ sk }) => sk?.S?.startsWith('sharekey#'))?.key?.S;
  const first = await keyOf();
  const rights = local.rights();
  const { id } = await rights.erase('ada', 'ada');
  await rights.runner.run(id);
  for (let day = 0; day < 3; day++) {
    local.time += DAY_MS;
    await rights.runner.run(id);
  }
  const readmission = await rights.readmit('ada', 'root');
  await rights.runner.run(readmission.id);
  const again = await shared();
  expect([await keyOf(), again.share]).not.toEqual([first, shareId]);
  await useIt('bob', again.share);
});

test('an export has what its member shared, and nothing of what others shared with them', async () => {
  const { id: prompt, share: shareId } = await shared();
  const exported = async (user: string) => {
    const rights = local.rights();
    const { id } = await rights.export(user, 'root');
    await rights.runner.run(id);
    const headers = { authorization: `Bearer ${user}` };
    return unpacked(await local.gateway().fetch(new Request(`https://gateway.test/v1/exports/${id}`, { headers })));
  };
  const files = await exported('ada');
  const linesOf = (folder: string) =>
    [...files]
      .filter(([name]) => name.startsWith(`${folder}/`) && name.endsWith('.jsonl'))
      .map(([, text]) => JSON.parse(text));
  expect(linesOf('shares')).toMatchObject([{ id: shareId, prompt, group: GROUP, version: 1, name: 'Tutor', model }]);
  expect(linesOf('shared_files')).toMatchObject([
    { share: shareId, kind: 'text', file: `shared_files/${shareId.slice(-44)}-00` },
  ]);
  expect(files.get(`shared_files/${shareId.slice(-44)}-00`)).toBe(SECRET);
  const others = [...(await exported('bob')).values()].join('');
  expect(others).not.toContain(SECRET);
  expect(others).not.toContain(shareId);
});

test('a closure exports no group, and ends its keys with that of the workspace', async () => {
  await shared();
  const rights = local.rights();
  const { id } = await rights.close('root', 7);
  await rights.runner.run(id);
  const jobs = await rights.list();
  expect(jobs.filter(({ kind }) => kind === 'export').map(({ user }) => user)).toEqual(['ada']);
});
