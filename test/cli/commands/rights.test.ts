import { readRightsCommand } from '@/lib/cli/administration/rights-options';
import { rights } from '@/lib/cli/commands/rights';
import { listen } from '../../runtime/gateway/support/serve';

const url = 'https://api.example.eu';

test.each([
  [['erase', '--url', url], '--user is missing; add --user ID to rights erase'],
  [['hold', '--user', 'ada', '--url', url], '--reason is missing; add --reason TEXT to rights hold'],
  [['release', '--url', url], 'rights release takes the id of a hold'],
  [['erase', '--user', 'ada'], '--url is missing; add the base URL of the workspace'],
  [['erase', '--user', 'ada', '--url', 'http://api.example.eu'], '--url: found'],
  [['erase', '--user', 'ada', '--url', 'https://a:b@api.example.eu'], '--url: found'],
  [['export', 'ada', '--user', 'ada', '--url', url], 'rights export takes options only'],
  [['holds', '--user', 'ada', '--url', url], 'rights holds takes no --user'],
  [
    ['export', '--user', 'ada', '--reason', 'x', '--url', url],
    '--reason applies to rights hold, and to rights export with --recipient',
  ],
  [
    ['shred', '--url', url],
    'rights takes one of: export, hand-over, erase, confirm, readmit, hold, release, holds, close, call-off, status, operator-confirm',
  ],
  [['export', '--user', 'ada', '--recipient', 'eve', '--url', url], '--reason applies to rights hold, and to'],
  [['erase', '--user', 'ada', '--recipient', 'eve', '--url', url], '--recipient applies to rights export only'],
  [['hand-over', '--url', url], 'rights hand-over takes the id of an export'],
  [['close', '--url', url], 'rights close requires --workspace ID'],
  [['close', '--workspace', 'sciences', '--days', '6', '--url', url], "--days: found '6'; allowed: 7 to 30"],
  [['erase', '--user', 'ada', '--days', '7', '--url', url], 'rights close requires --workspace ID'],
  [['call-off', '--url', url], 'rights call-off takes the id of a job'],
  [['confirm', '--url', url], 'rights confirm takes the id of an erasure'],
  [['hold', '--own', '--reason', 'x', '--url', url], '--own applies to rights erase, status and call-off only'],
  [['erase', '--own', '--user', 'ada', '--url', url], 'rights erase takes no --user'],
])('%j is refused', (args, message) => {
  expect(() => readRightsCommand(args)).toThrow(message);
});

test('a base URL is taken with or without its end', () => {
  for (const given of [url, `${url}/`, `${url}/v1`, `${url}/v1/`]) {
    expect(readRightsCommand(['status', '--url', given]).url).toBe(url);
  }
});

test.each([
  [['status', '--own'], 'own/jobs'],
  [['status'], 'jobs'],
  [['holds'], 'holds'],
])('%j shows all pages', async (args, list) => {
  const job = (n: number) => ({ id: `erase_${n}`, object: 'rights.job', kind: 'erase', state: 'waiting' });
  const asked: string[] = [];
  const workspace = await listen(async (request, response) => {
    asked.push(request.url ?? '');
    const isLast = asked.length === 3;
    const data = asked.length === 2 ? [] : [job(asked.length)];
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify({ object: 'list', data, has_more: !isLast, next: isLast ? null : `erase_${asked.length}` }),
    );
  });
  process.env.EU_RESIDENCY_TOKEN = 'a.b.c';
  const out = jest.spyOn(console, 'log').mockImplementation();
  try {
    await rights([...args, '--url', workspace.url, '--format', 'json']);
    const [shown] = out.mock.calls.flat();
    expect(JSON.parse(shown).data.map(({ id }: { id: string }) => id)).toEqual(['erase_1', 'erase_3']);
  } finally {
    out.mockRestore();
    await workspace.close();
    delete process.env.EU_RESIDENCY_TOKEN;
  }
  const path = `/admin/v1/rights/${list}`;
  expect(asked).toEqual([path, `${path}?after=erase_1`, `${path}?after=erase_2`]);
});
