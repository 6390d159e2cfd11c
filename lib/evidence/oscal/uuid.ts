import { createHash } from 'node:crypto';

/** The namespace of this package's identifiers: RFC 9562's of URLs, with the homepage's name. */
const NAMESPACE = uuidIn(
  '6ba7b811-9dad-11d1-80b4-00c04fd430c8',
  'https://github.com/cdk-eu-residency/cdk-eu-residency',
);

/** The UUID of a name, version 5 of RFC 9562: the same name always has the same one. */
export const uuidOf = (name: string): string => uuidIn(NAMESPACE, name);

function uuidIn(namespace: string, name: string): string {
  const hash = createHash('sha1')
    .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
    .update(name)
    .digest();
  hash[6] = ((hash[6] as number) & 0x0f) | 0x50;
  hash[8] = ((hash[8] as number) & 0x3f) | 0x80;
  const hex = hash.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}
