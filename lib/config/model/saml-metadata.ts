/** The parts of a SAML metadata document that the package uses. */
export interface SamlMetadata {
  /** The URLs for sign-in in a browser. */
  readonly signInUrls: readonly string[];
}

/** The maximum that Cognito accepts. */
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
    throw new Error(`is larger than ${MOST_BYTES} bytes, the maximum that Cognito accepts`);
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text))
    throw new Error('has a document type declaration, whose entities could expand to anything');
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
    throw new Error("isn't an 'EntityDescriptor' with an 'entityID'; use the metadata of a single identity provider");
  }
  if (!paths.some(({ path }) => path === 'EntityDescriptor/IDPSSODescriptor')) {
    throw new Error("has no 'IDPSSODescriptor', so it isn't the metadata of an identity provider");
  }
  const signInUrls = paths
    .filter(({ path }) => path === 'EntityDescriptor/IDPSSODescriptor/SingleSignOnService')
    .map(({ attributes }) => attribute(attributes, 'Location') ?? '');
  if (signInUrls.length === 0) throw new Error("has no 'SingleSignOnService', the URL for sign-in in a browser");
  return { signInUrls };
}

const attribute = (text: string, name: string): string | undefined =>
  new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`)
    .exec(text)
    ?.slice(1)
    .find((value) => value !== undefined);

const notXml = () => new Error('is not well-formed XML');
