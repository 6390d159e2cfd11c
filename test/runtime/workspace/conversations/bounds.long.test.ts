import { LocalContent } from './support/local-content';

let local: LocalContent;
beforeEach(() => {
  local = new LocalContent();
});
afterEach(() => local.close());
jest.setTimeout(60_000);

const model = 'assistant';

test('a page of long items ends before it is too long, and its client reads all of them', async () => {
  const openai = local.openai();
  const { id } = await openai.conversations.create();
  const text = 'x'.repeat(3_000_000);
  for (let n = 0; n < 6; n++) {
    await openai.conversations.items.create(id, { items: [{ role: 'user', content: `${n}${text}` }] });
  }
  for (const order of ['asc', 'desc'] as const) {
    const page = await openai.conversations.items.list(id, { order, limit: 100 });
    expect([page.data.length, page.has_more, page.last_id]).toEqual([2, true, page.data[1]?.id]);
    const read: string[] = [];
    for await (const item of page) read.push(JSON.stringify(item).match(/(\d)x/)?.[1] ?? '');
    expect(read.join('')).toBe(order === 'asc' ? '012345' : '543210');
  }
});

test('references to more bytes of stored responses than a request may have are refused before they are read', async () => {
  const openai = local.openai();
  const ids: string[] = [];
  for (let n = 0; n < 6; n++) {
    // A data URL counts as few tokens of the window.
    const image_url = `data:image/png;base64,iVBORw0KGgo${'A'.repeat(2_900_001)}`;
    const content = [{ type: 'input_image' as const, detail: 'auto' as const, image_url }];
    const { id } = await openai.responses.create({ model, input: [{ role: 'user', content }] });
    ids.push((await openai.responses.inputItems.list(id)).data[0]?.id ?? '');
  }
  const respond = (references: readonly string[]) =>
    openai.responses.create({ model, input: references.map((id) => ({ type: 'item_reference' as const, id })) }).then(
      () => 'none',
      ({ code, message }) => `${code} ${message}`,
    );
  expect(await respond(ids)).toMatch(/context_length_exceeded .*16000000 bytes of stored responses/);
  expect(await respond(Array(6).fill(ids[0]))).toMatch(/context_length_exceeded .*16000000 bytes of stored responses/);
  expect(await respond([ids[0] ?? ''])).toBe('none');
});

test('the items of a window have at most 8 MB, and so do the files of a request', async () => {
  const openai = local.openai();
  const respond = (conversation: string) =>
    openai.responses.create({ model, input: 'x', conversation }).then(
      () => 'none',
      ({ code }) => code,
    );
  const { id } = await openai.conversations.create();
  const image_url = `data:image/png;base64,iVBORw0KGgo${'A'.repeat(2_900_001)}`;
  const content = [{ type: 'input_image' as const, detail: 'auto' as const, image_url }];
  const add = () => openai.conversations.items.create(id, { items: [{ role: 'user', content }] });
  await add();
  await add();
  expect(await respond(id)).toBe('none');
  await add();
  expect(await respond(id)).toBe('context_length_exceeded');

  const pdf = Buffer.concat([Buffer.from('%PDF-1.4\n'), Buffer.alloc(2_700_000, 0x20), Buffer.from('\n%%EOF\n')]);
  const files = await Promise.all(
    [1, 2, 3].map((n) => openai.files.create({ file: new File([pdf], `${n}.pdf`), purpose: 'user_data' })),
  );
  const chat = (count: number) => {
    const parts = files.slice(0, count).map(({ id: file_id }) => ({ type: 'file' as const, file: { file_id } }));
    const messages = [{ role: 'user' as const, content: parts }];
    return openai.chat.completions.create({ model, messages }).then(
      () => 'none',
      ({ code }) => code,
    );
  };
  expect([await chat(2), await chat(3)]).toEqual(['none', 'file_too_large']);
});
