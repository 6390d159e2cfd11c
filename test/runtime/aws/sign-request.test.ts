import { createHash, createHmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import fc from 'fast-check';
import { amzDate, authorizationOf } from '@/lib/runtime/aws/sign-request';

/** What the AWS SDK's signer takes as a request. */
type Signable = Parameters<SignatureV4['sign']>[0] & { readonly method: string };

/** The hash in the form that the AWS SDK's signer takes. */
class Sha256 {
  private readonly hash;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret as string);
  }
  public update(data: unknown) {
    this.hash.update(data as string);
  }
  public digest = async () => this.hash.digest();
  public reset() {}
}

test("a signature equals the AWS SDK's, whatever the method, the path, the query and the body", async () => {
  const segment = fc.stringMatching(/^[A-Za-z0-9._~ äß%-]{1,12}$/).filter((text) => !/^\.+$/.test(text));
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        method: fc.constantFrom('GET', 'PUT', 'POST', 'DELETE'),
        segments: fc.array(segment, { maxLength: 4 }),
        query: fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.string({ unit: 'grapheme', maxLength: 8 })),
        body: fc.string(),
        secret: fc.string({ minLength: 1 }),
        time: fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
      }),
      async ({ method, segments, query, body, secret, time }) => {
        const url = new URL(`https://api.invalid/${segments.map(encodeURIComponent).join('/')}`);
        for (const [name, value] of Object.entries(query)) url.searchParams.append(name, value);
        const headers = { host: url.host, 'x-amz-date': amzDate(time) };
        const credentials = { accessKeyId: 'AKIDTEST', secretAccessKey: secret };
        const scope = { region: 'eu-central-1', service: 'execute-api' };
        const sdk = new SignatureV4({ ...scope, credentials, sha256: Sha256 as never, applyChecksum: false });
        const request = { method, protocol: 'https:', hostname: url.host, path: url.pathname, query, headers, body };
        const expected = await sdk.sign(request as unknown as Signable, { signingDate: time });
        const signed = authorizationOf({ method, url, headers, body }, scope, credentials);
        expect(signed).toBe(expected.headers.authorization);
      },
    ),
  );
});
