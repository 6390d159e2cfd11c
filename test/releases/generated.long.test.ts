import { RECEIVED, Upgraded } from './support/upgraded';

// A machine may be busy with other tests.
jest.setTimeout(60_000);

/** The mark of what 0.1.0 stored without one. */
const MARK = {
  action: 'c2pa.created',
  digitalSourceType: 'http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia',
};
const SCIENCES = { of: 'workspace', workspace: 'sciences', as: 'gus' } as const;

interface Item {
  readonly id: string;
  readonly type: string;
  readonly role?: string;
  readonly provenance?: object;
}

let upgraded: Upgraded;
beforeAll(async () => {
  upgraded = await Upgraded.open();
});
afterAll(() => upgraded.close());

const pathsOf = (pattern: RegExp) =>
  RECEIVED.requests.flatMap(({ as, workspace, path, status }) =>
    as === SCIENCES.as && workspace === SCIENCES.workspace && status === 200 && pattern.test(path) ? path : [],
  );

/** No client sent answers of a model back to 0.1.0 here, so that roles and types tell what a model generated. */
const isGenerated = ({ role, type }: Pick<Item, 'role' | 'type'>) =>
  role === 'assistant' || ['reasoning', 'function_call'].includes(type);

const expectMarks = (items: readonly Item[]) =>
  expect(items.map(({ id, provenance }) => [id, provenance])).toEqual(
    items.map(({ id, role, type }) => [id, isGenerated({ role, type }) ? MARK : undefined]),
  );

test('items of 0.1.0 that a model generated are marked when they are read', async () => {
  const items: Item[] = [];
  for (const path of pathsOf(/^\/v1\/(conversations\/\w+\/items|responses\/\w+\/input_items)(\?|$)/)) {
    items.push(...((await upgraded.ask({ ...SCIENCES, path })).body as { readonly data: readonly Item[] }).data);
  }
  for (const path of pathsOf(/^\/v1\/responses\/\w+$/)) {
    items.push(...((await upgraded.ask({ ...SCIENCES, path })).body as { readonly output: readonly Item[] }).output);
  }
  expectMarks(items);
  expect(items.filter(({ provenance }) => provenance !== undefined).length).toBeGreaterThan(3);
  expect(items.filter(({ provenance }) => provenance === undefined).length).toBeGreaterThan(3);
});

test('an export of what 0.1.0 stored says what a model generated', async () => {
  const rights = upgraded.rights(SCIENCES.workspace);
  const { id } = await rights.export(SCIENCES.as, 'root');
  await rights.runner.run(id);
  const { status, bytes } = await upgraded.ask({ ...SCIENCES, path: `/v1/exports/${id}` });
  expect(status).toBe(200);
  const lines = bytes
    .toString('latin1')
    .split('\n')
    .flatMap((line) => /\{"(?:in|id)":.*\}$/.exec(line) ?? []);
  const items = lines.map((line) => JSON.parse(line)).filter(({ item }) => item !== undefined);
  expect(items.length).toBeGreaterThan(3);
  expectMarks(items.map(({ item }) => item));
  for (const { generated, item } of items) expect(generated).toBe(item.provenance !== undefined);
  const responses = lines.map((line) => JSON.parse(line)).filter(({ object }) => object === 'response');
  expect(responses.length).toBeGreaterThan(0);
  for (const { input, output } of responses) expectMarks([...input, ...output]);
});
