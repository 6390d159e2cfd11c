import { egressSchema } from '@/lib/contract/schemas/egress-schema';
import { requireNeutral } from '@/lib/runtime/egress/environment';
import { admitEgress } from '@/lib/runtime/egress/policy';
import { POLICY } from './support/invoke';

const LAMBDA = { AWS_REGION: 'eu-central-1', PATH: '/usr/bin', NODE_OPTIONS: '--enable-source-maps', HTTPS_PROXY: '' };

test("Lambda's own variables are accepted", () => {
  expect(() => requireNeutral(LAMBDA)).not.toThrow();
});

test.each([
  ['NODE_TLS_REJECT_UNAUTHORIZED', '0'],
  ['NODE_TLS_REJECT_UNAUTHORIZED', '1'],
  ['NODE_EXTRA_CA_CERTS', '/tmp/ca.pem'],
  ['NODE_USE_SYSTEM_CA', '1'],
  ['NODE_USE_ENV_PROXY', '1'],
  ['HTTPS_PROXY', 'http://user:secret@proxy'],
  ['https_proxy', 'http://user:secret@proxy'],
  ['HTTP_PROXY', 'http://proxy'],
  ['ALL_PROXY', 'socks5://proxy'],
  ['SSL_CERT_FILE', '/tmp/ca.pem'],
  ['SSLKEYLOGFILE', '/tmp/keys'],
  ['NODE_OPTIONS', '--max-http-header-size=1 --tls-cipher-list=ALL'],
  ['NODE_OPTIONS', '--use-system-ca'],
  ['NODE_OPTIONS', '--use-env-proxy'],
  ['NODE_OPTIONS', '--tls-keylog=/tmp/keys'],
])('%s=%s keeps the function from starting, and its value is in no message', (name, value) => {
  const start = () => requireNeutral({ ...LAMBDA, [name]: value });
  expect(start).toThrow(`it would have to ignore ${name}:`);
  expect(start).not.toThrow(value.length > 1 ? value : 'no such text');
});

test('a policy of two providers with one name, or with a key that the function does not know, is refused', () => {
  const [first] = POLICY.providers;
  if (first === undefined) throw new Error('the policy has no provider');
  expect(() => admitEgress({ ...POLICY, providers: [first, first] })).toThrow("two of its 'providers' have one name");
  expect(() => admitEgress({ ...POLICY, boundary: 'mars' })).toThrow(/mars/);
  expect(egressSchema.safeParse(POLICY).success).toBe(true);
  expect(egressSchema.safeParse({ ...POLICY, url: 'https://example.com' }).success).toBe(false);
  expect(egressSchema.safeParse({ ...POLICY, providers: [{ ...first, host: 'example.com' }] }).success).toBe(false);
  expect(egressSchema.safeParse({ ...POLICY, providers: [] }).success).toBe(false);
});
