import { findings, withoutIdentifiers } from './findings';

test.each([
  ['arn:aws:iam::123456789012:role/exemple', 'arn:aws:iam::ACCOUNT:role/exemple'],
  ['key 0a1b2c3d-0000-1111-2222-0123456789ab', 'key ID'],
  ['vpc-0123456789abcdef0 and rtb-01234567', 'vpc-ID and rtb-ID'],
  ['https://abc1234567.execute-api.eu-central-1.amazonaws.com', 'https://API.execute-api.eu-central-1.amazonaws.com'],
  ['AKIAIOSFODNN7EXAMPLE', 'KEY-ID'],
  ['root@example.eu from 192.0.2.7', 'ADDRESS from IP'],
  ['217 resources in 3 stacks took 123.4 s', '217 resources in 3 stacks took 123.4 s'],
])('%s', (text, expected) => {
  expect(withoutIdentifiers(text)).toBe(expected);
});

test('the report has each result, the failures with their reason, and what has not run', () => {
  const results = [
    { section: 'zones', name: 'the zones are listed', passed: true, detail: 'a, b' },
    { section: 'zones', name: 'KMS is in a', passed: false, detail: 'account 123456789012\nhas none' },
  ];
  expect(findings({ zones: { at: '2026-11-30T12:00:00.000Z', results } }, ['deploy', 'saml'])).toBe(
    '# Test of an account\n\n1 passed, 1 failed. Not run: deploy, saml.\n\n## zones (2026-11-30T12:00Z)\n\n' +
      '- ok: the zones are listed: a, b\n- **failed**: KMS is in a: account ACCOUNT has none\n',
  );
});
