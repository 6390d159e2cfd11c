import { Composer, CST, type Document, type DocumentOptions, Lexer, type ParseOptions, type SchemaOptions } from 'yaml';
import { boundedTokens, MOST_LEVELS } from './nesting';

/**
 * Reads YAML in which the continuation lines of a list in brackets, a map in braces or a quoted text may have any indentation.
 * CloudFormation reads YAML 1.1, which requires no indentation there; YAML 1.2 does. Everything else is as strict as ever.
 *
 * @returns the document, whose errors state what couldn't be read; none if there are several, or if a collection or
 * quoted text has no end
 * @throws NestingError if it is nested too deeply
 */
export function parseUnindented(
  text: string,
  options: ParseOptions & DocumentOptions & SchemaOptions,
): Document.Parsed | undefined {
  const composer = new Composer({ ...options, prettyErrors: false });
  try {
    const [document, ...others] = composer.compose(boundedTokens(lexemesOf(text), MOST_LEVELS), true, text.length);
    return others.length === 0 ? (document as Document.Parsed) : undefined;
  } catch (error) {
    if (error instanceof SpanError) return undefined;
    throw error;
  }
}

/** A collection or quoted text without an end. */
class SpanError extends Error {}

function* lexemesOf(text: string): Generator<string, void> {
  for (let start = 0; start < text.length; ) start = yield* lexemesFrom(text, start);
}

/**
 * The lexemes up to the end of the first collection or quoted text that spans lines. It is lexed as the root of a document,
 * where YAML 1.2 requires no indentation either; a new lexer can take over after it, because each line starts afresh.
 *
 * @returns the offset at which to continue
 */
function* lexemesFrom(text: string, start: number): Generator<string, number> {
  let offset = start;
  let level = 0;
  for (const lexeme of lexed(text.slice(start), start > 0)) {
    if (level === 0 && /^["'[{]/.test(lexeme)) {
      const span = spanAt(text, offset);
      if (span !== undefined) {
        yield* span.lexemes;
        return span.end;
      }
    }
    yield lexeme;
    level = levelAfter(lexeme, level);
    offset += lengthOf(lexeme);
  }
  return text.length;
}

interface Span {
  readonly lexemes: readonly string[];
  readonly end: number;
}

/** The collection or quoted text at an offset; none if it is on one line, which has no continuation. */
function spanAt(text: string, offset: number): Span | undefined {
  const lexemes: string[] = [];
  let end = offset;
  let level = 0;
  for (const lexeme of lexed(text.slice(offset), true)) {
    if (lexeme === CST.FLOW_END) break;
    lexemes.push(lexeme);
    level = levelAfter(lexeme, level);
    end += lengthOf(lexeme);
    if (level === 0) return text.slice(offset, end).includes('\n') ? { lexemes, end } : undefined;
  }
  throw new SpanError();
}

/** @param isContinued whether the text continues a document, although the lexer begins one */
function* lexed(text: string, isContinued: boolean): Generator<string> {
  let skipsStart = isContinued;
  for (const lexeme of new Lexer().lex(text)) {
    if (skipsStart && lexeme === CST.DOCUMENT) skipsStart = false;
    else yield lexeme;
  }
}

/** The nesting of collections after a lexeme. */
function levelAfter(lexeme: string, level: number): number {
  if (lexeme === CST.FLOW_END) return 0;
  if (lexeme === '[' || lexeme === '{') return level + 1;
  return lexeme === ']' || lexeme === '}' ? Math.max(0, level - 1) : level;
}

/** A lexeme that marks a state isn't part of the text. */
const lengthOf = (lexeme: string): number => (MARKS.has(lexeme) ? 0 : lexeme.length);
const MARKS: ReadonlySet<string> = new Set([CST.DOCUMENT, CST.SCALAR, CST.FLOW_END]);
