import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { records } from '@/lib/cli/commands/records';

const URL_OPTION = ['--url', 'https://api.example.eu'];

test.each([
  [[], '--url is missing; add the base URL of the workspace'],
  [['--of', 'members', ...URL_OPTION], "--of: found 'members'; allowed: requests, acts, rights"],
  [['--since', 'yesterday', ...URL_OPTION], "--since: found 'yesterday'; allowed: a time such as 2026-11-27T08:00:00Z"],
  [['--until', '2026-02-30T25:00:00Z', ...URL_OPTION], "--until: found '2026-02-30T25:00:00Z'"],
  [['--format', 'csv', ...URL_OPTION], "--format: found 'csv'; allowed: table, json"],
])('%j is refused', async (args, message) => {
  await expect(records(args)).rejects.toThrow(message);
});

describe('with a workspace', () => {
  const queries: URLSearchParams[] = [];
  const server = createServer((request, response) => {
    const query = new URL(request.url ?? '', 'http://localhost').searchParams;
    queries.push(query);
    const isLast = query.has('after');
    const record = { time: isLast ? '2026-11-27T09:00:00Z' : '2026-11-27T08:00:00Z', member: 'a', outcome: 'answered' };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ data: [record], next: isLast ? null : 'page-2' }));
  });
  let url = '';
  let printed: string[];
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
    process.env.EU_RESIDENCY_TOKEN = 'header.payload.signature';
  });
  afterAll(() => {
    delete process.env.EU_RESIDENCY_TOKEN;
    server.close();
  });
  beforeEach(() => {
    printed = [];
    queries.length = 0;
    jest.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line));
  });
  afterEach(() => jest.restoreAllMocks());

  test('all pages of one query are printed, with the same end', async () => {
    expect(await records(['--url', url, '--since', '2026-11-27', '--member', 'a', '--format', 'json'])).toBe(0);
    expect(printed.map((line) => JSON.parse(line).time)).toEqual(['2026-11-27T08:00:00Z', '2026-11-27T09:00:00Z']);
    const [first, second] = queries;
    expect(first?.get('since')).toBe('2026-11-27T00:00:00.000Z');
    expect(first?.get('member')).toBe('a');
    expect(second?.get('until')).toBe(first?.get('until'));
    expect(second?.get('after')).toBe('page-2');
  });

  test('the table has a row for each record', async () => {
    await records(['--url', url]);
    expect(printed.join('\n').split('\n')).toHaveLength(3);
    expect(queries[0]?.get('of')).toBe('requests');
  });
});
