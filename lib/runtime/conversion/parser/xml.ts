import { TextDecoder } from 'node:util';
import { type SAXOptions, parser as saxParser, type Tag } from 'sax';
import { MAX_DEPTH } from './bounds';
import { Refused } from './refused';

/** The attributes of an element, by their names. */
export type Attributes = Readonly<Record<string, string>>;

/** The attribute with a name, whatever prefix the document gives it. */
export function attributeOf(attributes: Attributes, name: string): string | undefined {
  const own = attributes[name];
  if (own !== undefined) return own;
  const key = Object.keys(attributes).find((one) => one.endsWith(`:${name}`));
  return key === undefined ? undefined : attributes[key];
}

/** The relationship that an element names, next to which it may have an ID of its own. */
export const relationOf = (attributes: Attributes): string =>
  attributeOf(Object.fromEntries(Object.entries(attributes).filter(([name]) => name !== 'id')), 'id') ?? '';

/** What is done with the parts of a document. Names of elements are without prefix. */
export interface XmlReader {
  open?(name: string, attributes: Attributes, depth: number): void;
  text?(text: string): void;
  close?(name: string, depth: number): void;
}

/** The name without its prefix. */
const local = (name: string): string => name.slice(name.indexOf(':') + 1);

/** Only the five entities of XML itself; the types of the library lack the option. */
const STRICT: SAXOptions & { readonly strictEntities: true } = { strictEntities: true };

/**
 * Reads a document of XML as a stream.
 *
 * @throws Refused when it isn't well-formed, has a document type, and so could define entities, or nests too deeply
 */
export async function readXml(pieces: AsyncIterable<Buffer>, reader: XmlReader): Promise<void> {
  const sax = saxParser(true, STRICT);
  let depth = 0;
  sax.onerror = () => {
    throw new Refused('damaged');
  };
  sax.ondoctype = () => {
    throw new Refused('forbidden-xml');
  };
  sax.onprocessinginstruction = ({ name, body }) => {
    const [, encoding] = (name === 'xml' && /\bencoding\s*=\s*["']([^"']*)["']/i.exec(body)) || [];
    if (encoding !== undefined && !/^(utf-?8|utf-?16(le|be)?|us-ascii)$/i.test(encoding)) throw new Refused('damaged');
  };
  sax.onopentag = ({ name, attributes }: Tag) => {
    if (++depth > MAX_DEPTH) throw new Refused('forbidden-xml');
    reader.open?.(local(name), attributes, depth);
  };
  sax.ontext = (text) => reader.text?.(text);
  sax.oncdata = (text) => reader.text?.(text);
  sax.onclosetag = (name) => {
    reader.close?.(local(name), depth);
    depth--;
  };
  for await (const text of decoded(pieces)) sax.write(text);
  sax.close();
}

/** @throws Refused when the bytes aren't text in the encoding that they begin with */
async function* decoded(pieces: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined;
  for await (const piece of pieces) {
    decoder ??= new TextDecoder(encodingOf(piece), { fatal: true });
    yield decode(decoder, piece);
  }
  if (decoder !== undefined) yield decode(decoder);
}

function decode(decoder: TextDecoder, piece?: Buffer): string {
  try {
    return decoder.decode(piece, { stream: piece !== undefined });
  } catch {
    throw new Refused('damaged');
  }
}

function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return first === 0xff && second === 0xfe ? 'utf-16le' : 'utf-8';
}
