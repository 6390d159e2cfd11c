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

const date = fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });

test("a signature equals the AWS SDK's, whatever the model, the body, the time and the credentials", async () => {
  const text = fc.string({ unit: 'grapheme', minLength: 1 }).filter((value) => !/^\.+$/.test(value));
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array(),
      // One signer signs them all, and keeps parts of a signature for the next.
      fc.array(
        fc.record({
          model: text,
          now: fc.oneof(date, fc.constant(new Date('2026-11-30T12:00:00.123Z'))),
          accessKeyId: fc.stringMatching(/^[A-Z0-9]{4,20}$/),
          secretAccessKey: text,
          sessionToken: fc.option(fc.base64String({ minLength: 4 }), { nil: undefined }),
        }),
        { minLength: 1, maxLength: 4 },
      ),
      async (body, calls) => {
        const headers = {
          host,
          accept: 'application/json',
          'content-type': 'application/json',
          'content-length': `${body.length}`,
        };
        let current = calls[0];
        const credentials = async () => current as (typeof calls)[number];
        const signer = new Signer('bedrock', 'eu-central-1', credentials);
        const sdk = new SignatureV4({
          service: 'bedrock',
          region: 'eu-central-1',
          credentials,
          sha256: Sha256 as never,
        });
        for (current of calls) {
          const { model, now } = current;
          const path = `/model/${encodeURIComponent(model)}/converse`;
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
