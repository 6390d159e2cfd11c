import { readRightsCommand } from '@/lib/cli/administration/rights-options';

const url = 'https://api.example.eu';

test.each([
  [['erase', '--url', url], 'whose? add --user ID to rights erase'],
  [['hold', '--user', 'ada', '--url', url], 'why? add --reason TEXT to rights hold'],
  [['release', '--url', url], 'rights release takes the id of a hold'],
  [['erase', '--user', 'ada'], 'which workspace? add --url URL'],
  [['erase', '--user', 'ada', '--url', 'http://api.example.eu'], '--url: found'],
  [['erase', '--user', 'ada', '--url', 'https://a:b@api.example.eu'], '--url: found'],
  [['export', 'ada', '--user', 'ada', '--url', url], 'rights export takes options only'],
  [['holds', '--user', 'ada', '--url', url], 'rights holds takes no --user'],
  [
    ['export', '--user', 'ada', '--reason', 'x', '--url', url],
    '--reason belongs to rights hold, and to rights export with a --recipient',
  ],
  [['shred', '--url', url], 'rights takes one of: export, hand-over, erase'],
  [['export', '--user', 'ada', '--recipient', 'eve', '--url', url], '--reason belongs to rights hold, and to'],
  [['erase', '--user', 'ada', '--recipient', 'eve', '--url', url], '--recipient belongs to rights export'],
  [['hand-over', '--url', url], 'rights hand-over takes the id of an export'],
  [['close', '--url', url], 'rights close takes the id of the workspace once more'],
  [['close', '--workspace', 'sciences', '--days', '6', '--url', url], "--days: found '6'; allowed: 7 to 30"],
  [['erase', '--user', 'ada', '--days', '7', '--url', url], 'rights close takes the id of the workspace once more'],
  [['call-off', '--url', url], 'rights call-off takes the id of a closing'],
])('%j is refused', (args, message) => {
  expect(() => readRightsCommand(args)).toThrow(message);
});

test('a base URL is taken with or without its end', () => {
  for (const given of [url, `${url}/`, `${url}/v1`, `${url}/v1/`]) {
    expect(readRightsCommand(['status', '--url', given]).url).toBe(url);
  }
});
