import {
  Composer,
  type CST,
  type Document,
  type DocumentOptions,
  Lexer,
  type ParseOptions,
  Parser,
  type SchemaOptions,
  YAMLParseError,
} from 'yaml';
import { Unresolved } from './node';

/** Far above the nesting that CloudFormation accepts, and shallow enough for every recursive function over a document. */
export const MOST_LEVELS = 200;

/** Where a YAML text is nested too deeply. */
export class NestingError extends Error {
  public override readonly name = 'NestingError';

  public constructor(
    public readonly offset: number,
    most: number,
  ) {
    super(`nested more than ${most} levels deep`);
  }
}

/** The document that a text begins and a scalar at the end are on the parser's stack too. */
const INNER_NODES = 2;

/**
 * The tokens of a YAML text. Composing a document of them recurses, and thousands of levels end the process in a way that can't be
 * caught: V8 aborts if it compiles a regular expression near the end of the stack.
 *
 * @throws NestingError before the token of a document that is nested deeper than `most`
 */
export function* boundedTokens(
  lexemes: Iterable<string>,
  most: number,
  onNewLine?: (offset: number) => void,
): Generator<CST.Token, void> {
  onNewLine?.(0);
  const parser = new Parser(onNewLine);
  for (const lexeme of lexemes) {
    yield* parser.next(lexeme);
    if (parser.stack.length > most + INNER_NODES) throw new NestingError(parser.offset, most);
  }
  yield* parser.end();
}

/**
 * What `parseDocument` of the library returns, without its excerpts of the text.
 *
 * @throws NestingError if the text is nested deeper than `most`
 */
export function boundedDocument(
  text: string,
  most: number,
  options: ParseOptions & DocumentOptions & SchemaOptions,
): Document.Parsed {
  const composer = new Composer({ ...options, prettyErrors: false });
  const tokens = boundedTokens(new Lexer().lex(text), most, options.lineCounter?.addNewLine);
  const [document, second] = composer.compose(tokens, true, text.length) as Iterable<Document.Parsed>;
  if (document === undefined) throw new Error('the YAML parser returned no document');
  if (second !== undefined && options.logLevel !== 'silent') {
    const [start, end] = second.range;
    document.errors.push(new YAMLParseError([start, end], 'MULTIPLE_DOCS', 'Source contains multiple documents'));
  }
  return document;
}

/** Whether a value has more than so many levels of maps and lists. */
export function isDeeperThan(value: unknown, most: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (most === 0) return true;
  for (const key in value) if (isDeeperThan((value as Record<string, unknown>)[key], most - 1)) return true;
  return false;
}

/** In place of a document that is nested too deeply to read. */
export class TooDeep extends Unresolved {
  public constructor() {
    super(`the document is nested more than ${MOST_LEVELS} levels deep; make it flatter`);
  }
}

/** The document in a JSON text; none if it isn't JSON. */
export function jsonIn(text: string): unknown {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return undefined;
  }
  return isDeeperThan(document, MOST_LEVELS) ? new TooDeep() : document;
}

/** The document in a YAML text; none if it isn't YAML. Mistakes that leave a document are ignored only by `silent`. */
export function yamlIn(text: string, logLevel: 'error' | 'silent'): unknown {
  try {
    const document = boundedDocument(text, MOST_LEVELS, { logLevel });
    if (document.errors.length > 0 && logLevel === 'error') return undefined;
    const value: unknown = document.toJS();
    return isDeeperThan(value, MOST_LEVELS) ? new TooDeep() : value;
  } catch (error) {
    return error instanceof NestingError ? new TooDeep() : undefined;
  }
}
