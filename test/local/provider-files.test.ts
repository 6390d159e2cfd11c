import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { LeftState } from '@/lib/contract/provider-state';
import { ProviderFiles } from '@/lib/local/provider-files';

let data: string;
beforeEach(() => {
  data = mkdtempSync(path.join(tmpdir(), 'providers-'));
});
afterEach(() => rmSync(data, { recursive: true }));

const left = (name: string, over: Partial<LeftState> = {}): LeftState => ({
  name,
  generation: 0,
  at: '2026-12-01T08:00:00.000Z',
  kind: 'key',
  refusals: 5,
  models: ['a'],
  ...over,
});
const NOW = new Date('2026-12-01T09:00:00.000Z');
const BEDROCK = 'bedrock/arn:aws:bedrock:eu-central-1:111122223333:application-inference-profile/x@eu-central-1';

test('a command sees what a running process took out of use, and the process sees the readmission', async () => {
  const [process, command] = [new ProviderFiles(data), new ProviderFiles(data)];
  expect(await command.list()).toEqual([]);
  for (const name of ['openai', BEDROCK]) await process.leave(left(name));
  expect(await command.list()).toEqual([left(BEDROCK), left('openai')]);
  expect(await command.readmit('openai', NOW, 'paid')).toMatchObject({ generation: NOW.getTime(), reason: 'paid' });
  const read = await process.read(['openai', BEDROCK]);
  expect([[...read.left.keys()], read.generations.get('openai')]).toEqual([[BEDROCK], NOW.getTime()]);
  expect(await command.list()).toEqual([left(BEDROCK)]);
});

test('the first departure is stored, and a drill needs a provider in use', async () => {
  const files = new ProviderFiles(data);
  expect(await files.drill('openai', NOW)).toMatchObject({ kind: 'drill' });
  await files.leave(left('openai'));
  expect(await files.list()).toMatchObject([{ kind: 'drill' }]);
  await expect(files.drill('openai', NOW)).rejects.toThrow("'openai' is out of use already, since 2026-12-01T09");
  await files.readmit('openai', new Date(0));
  await expect(files.readmit('openai', NOW)).rejects.toThrow("'openai' isn't out of use");
});

test('a provider that leaves between the reading and the write of a drill is not drilled', async () => {
  const files = new ProviderFiles(data);
  const meanwhile = new ProviderFiles(data);
  const uuid = jest.spyOn(crypto, 'randomUUID').mockImplementationOnce(() => {
    // The file of another process takes its name just before this one's would.
    void meanwhile.leave(left('openai'));
    return '00000000-0000-4000-8000-000000000000';
  });
  await expect(files.drill('openai', NOW)).rejects.toThrow("'openai' is out of use already, since 2026-12-01T08");
  uuid.mockRestore();
  expect(await files.list()).toEqual([left('openai')]);
  expect(readdirSync(path.join(data, 'providers'))).toHaveLength(1);
});

test('a file that is broken, or of others, is no readmission', async () => {
  const files = new ProviderFiles(data);
  await files.leave(left('openai'));
  const folder = path.join(data, 'providers');
  writeFileSync(path.join(folder, '100%.txt'), 'x');
  expect(await files.list()).toHaveLength(1);
  const [file = ''] = readdirSync(folder).filter((name) => name.startsWith('left'));
  writeFileSync(path.join(folder, file), '{');
  await files.leave(left('other'));
  const read = await files.read(['openai', 'other']);
  expect([[...read.left.keys()], read.unreadable]).toEqual([['other'], new Set(['openai'])]);
  writeFileSync(path.join(folder, encodeURIComponent('generation#openai')), '{}');
  expect((await files.read(['openai'])).unreadable).toEqual(new Set(['openai']));
  await expect(files.drill('openai', NOW)).rejects.toThrow('holds no generation');
});
