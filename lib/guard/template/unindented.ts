import {
  Composer,
  type Document,
  type DocumentOptions,
  Lexer,
  type ParseOptions,
  Parser,
  type SchemaOptions,
} from 'yaml';

/** What of the lexer decides how far a line must be indented. The library keeps it to itself; its version is exact. */
interface Lexing {
  indentNext: number;
  parseFlowCollection(): Generator<string, unknown>;
  parseQuotedScalar(): Generator<string, unknown>;
  lex(text: string): Iterable<string>;
}

/**
 * Reads YAML in which the further lines of a list in brackets, a map in braces or a quoted text may stand anywhere: YAML 1.1 as
 * CloudFormation reads it needs no indentation there, and YAML 1.2 does. All else is as strict as ever.
 *
 * @returns the document, whose errors say what couldn't be read; none if there are several
 */
export function parseUnindented(
  text: string,
  options: ParseOptions & DocumentOptions & SchemaOptions,
): Document.Parsed | undefined {
  const lexer = new Lexer() as unknown as Lexing;
  lexer.parseFlowCollection = anywhere(lexer, lexer.parseFlowCollection);
  lexer.parseQuotedScalar = anywhere(lexer, lexer.parseQuotedScalar);
  const parser = new Parser();
  const composer = new Composer({ ...options, prettyErrors: false });
  const [document, ...others] = composer.compose(tokensOf(lexer, parser, text), true, text.length);
  return others.length === 0 ? (document as Document.Parsed) : undefined;
}

function* tokensOf(lexer: Lexing, parser: Parser, text: string) {
  for (const lexeme of lexer.lex(text)) yield* parser.next(lexeme);
  yield* parser.end();
}

/** Runs a step of the lexer as if nothing had to be indented. */
const anywhere = (lexer: Lexing, step: Lexing['parseFlowCollection']) =>
  function* (): Generator<string, unknown> {
    const { indentNext } = lexer;
    lexer.indentNext = 0;
    try {
      return yield* step.call(lexer);
    } finally {
      lexer.indentNext = indentNext;
    }
  };
