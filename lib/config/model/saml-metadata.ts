/** What is read of a SAML metadata document. */
export interface SamlMetadata {
  /** The addresses to which a browser goes to sign in. */
  readonly signInUrls: readonly string[];
}

/** The most that Cognito takes. */
const MOST_BYTES = 131_072;

const TAG =
  /<(?:!--[\s\S]*?-->|\?[\s\S]*?\?>|!\[CDATA\[[\s\S]*?\]\]>|(\/?)([A-Za-z_][\w.:-]*)((?:\s+[\w.:-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>)|</g;

/**
 * Reads the metadata of a SAML identity provider. It expands no entity and follows no address.
 *
 * @throws if it isn't one; the message says why, to be put after the file's name
 */
export function readSamlMetadata(text: string): SamlMetadata {
  if (Buffer.byteLength(text) > MOST_BYTES)
    throw new Error(`is larger than ${MOST_BYTES} bytes, the most that Cognito takes`);
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text))
    throw new Error('has a document type, whose entities could stand for anything');
  const open: string[] = [];
  const paths: { path: string; attributes: string }[] = [];
  for (const [found, closing, name, attributes = '', empty] of text.matchAll(TAG)) {
    if (found === '<') throw notXml();
    if (name === undefined) continue;
    if (closing) {
      if (open.pop() !== name) throw notXml();
      continue;
    }
    const local = (tag: string) => tag.split(':').at(-1);
    paths.push({ path: [...open, name].map(local).join('/'), attributes });
    if (!empty) open.push(name);
  }
  if (open.length > 0 || paths.length === 0) throw notXml();
  const [root] = paths;
  if (root?.path !== 'EntityDescriptor' || attribute(root.attributes, 'entityID') === undefined) {
    throw new Error("is no 'EntityDescriptor' with an 'entityID'; take the metadata of one identity provider");
  }
  if (!paths.some(({ path }) => path === 'EntityDescriptor/IDPSSODescriptor')) {
    throw new Error("has no 'IDPSSODescriptor': it is not the metadata of an identity provider");
  }
  const signInUrls = paths
    .filter(({ path }) => path === 'EntityDescriptor/IDPSSODescriptor/SingleSignOnService')
    .map(({ attributes }) => attribute(attributes, 'Location') ?? '');
  if (signInUrls.length === 0) throw new Error("has no 'SingleSignOnService', to which a browser would go");
  return { signInUrls };
}

const attribute = (text: string, name: string): string | undefined =>
  new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`)
    .exec(text)
    ?.slice(1)
    .find((value) => value !== undefined);

const notXml = () => new Error('is not well-formed XML');
