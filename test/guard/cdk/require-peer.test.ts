import { requirePeer } from '@/lib/guard/cdk/require-peer';

const check = (found: string | undefined) => () =>
  requirePeer('aws-cdk-lib', '2.271.0', () => {
    if (found === undefined) throw Object.assign(new Error('x'), { code: 'MODULE_NOT_FOUND' });
    return { version: found };
  });

test.each(['2.271.0', '2.271.1', '2.1000.0', '3.0.0', '2.271.0-alpha.0'])('%s is accepted', (found) => {
  expect(check(found)).not.toThrow();
});

test.each(['2.270.9', '2.99.0', '1.999.999', 'none'])('%s is too old', (found) => {
  expect(check(found)).toThrow(
    `cdk-eu-residency needs aws-cdk-lib 2.271.0 or newer, found ${found}; run npm install aws-cdk-lib@^2.271.0`,
  );
});

test('a missing package is reported, and any other error is rethrown', () => {
  expect(check(undefined)).toThrow(/or newer, but it isn't installed; run npm install aws-cdk-lib@/);
  const broken = () => {
    throw new SyntaxError('not JSON');
  };
  expect(() => requirePeer('aws-cdk-lib', '2.271.0', broken)).toThrow('not JSON');
});
