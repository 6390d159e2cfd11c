import { createHash, createHmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import * as fc from 'fast-check';
import { Signer } from '@/lib/runtime/aws/signature';

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

const host = 'bedrock-runtime.eu-central-1.amazonaws.com';

test("a signature equals the AWS SDK's, whatever the model, the body, the time and the credentials", async () => {
  const text = fc.string({ unit: 'grapheme', minLength: 1 }).filter((value) => !/^\.+$/.test(value));
  await fc.assert(
    fc.asyncProperty(
      text,
      fc.uint8Array(),
      fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
      fc.array(
        fc.record({
          accessKeyId: fc.stringMatching(/^[A-Z0-9]{4,20}$/),
          secretAccessKey: text,
          sessionToken: fc.option(fc.base64String({ minLength: 4 }), { nil: undefined }),
        }),
        { minLength: 1, maxLength: 3 },
      ),
      async (model, body, now, identities) => {
        const path = `/model/${encodeURIComponent(model)}/converse`;
        const headers = {
          host,
          accept: 'application/json',
          'content-type': 'application/json',
          'content-length': `${body.length}`,
        };
        let current = identities[0];
        const credentials = async () => current as (typeof identities)[number];
        const signer = new Signer('bedrock', 'eu-central-1', credentials);
        const sdk = new SignatureV4({
          service: 'bedrock',
          region: 'eu-central-1',
          credentials,
          sha256: Sha256 as never,
        });
        for (current of identities) {
          const request = { method: 'POST', protocol: 'https:', hostname: host, path, query: {}, headers, body };
          const expected = await sdk.sign(request as unknown as Parameters<SignatureV4['sign']>[0], {
            signingDate: now,
          });
          expect(await signer.sign(path, headers, body, now)).toEqual(expected.headers);
        }
      },
    ),
    { numRuns: 100 },
  );
});
