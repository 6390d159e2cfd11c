import { readRightsCommand } from '../../bin/command/rights-options';

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
  [['export', '--user', 'ada', '--reason', 'x', '--url', url], '--reason and --conversation belong to rights hold'],
  [['shred', '--url', url], 'rights takes one of: export, erase'],
])('%j is refused', (args, message) => {
  expect(() => readRightsCommand(args)).toThrow(message);
});

test('a base URL is taken with or without its end', () => {
  for (const given of [url, `${url}/`, `${url}/v1`, `${url}/v1/`]) {
    expect(readRightsCommand(['status', '--url', given]).url).toBe(url);
  }
});
