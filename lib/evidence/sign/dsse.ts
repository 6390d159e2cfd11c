/** A DSSE envelope: https://github.com/secure-systems-lab/dsse/blob/master/envelope.md */
export interface Envelope {
  readonly payloadType: string;
  /** In base64. */
  readonly payload: string;
  readonly signatures: readonly { readonly keyid: string /** In base64. */; readonly sig: string }[];
}

/** Signs bytes. */
export interface Signer {
  /** SHA-256 of the public key as DER, in hexadecimal. */
  readonly keyId: string;
  readonly sign: (message: Buffer) => Promise<Buffer>;
}

/** What is signed of a payload: DSSE's pre-authentication encoding, which binds the type to the content. */
export function preAuthEncoding(payloadType: string, payload: Buffer): Buffer {
  const type = Buffer.from(payloadType);
  return Buffer.concat([Buffer.from(`DSSEv1 ${type.length} `), type, Buffer.from(` ${payload.length} `), payload]);
}

/** A payload in an envelope with one signature. */
export async function enveloped(payloadType: string, payload: Buffer, { keyId, sign }: Signer): Promise<Envelope> {
  const signature = await sign(preAuthEncoding(payloadType, payload));
  return {
    payloadType,
    payload: payload.toString('base64'),
    signatures: [{ keyid: keyId, sig: signature.toString('base64') }],
  };
}
