import { Lexer, Parser } from 'yaml';

// The file itself is 7 levels deep. With YAML's inner nodes it stays below 20.
const DEEPEST = 64;

/**
 * The offset at which a YAML text is nested deeper than any configuration; none when it isn't. Composing a document
 * recurses, and thousands of levels end the process in a way that can't be caught, so the parser is asked first.
 */
export function nestingTooDeep(text: string, onNewLine: (offset: number) => void): number | undefined {
  const parser = new Parser(onNewLine);
  for (const lexeme of new Lexer().lex(text)) {
    for (const _ of parser.next(lexeme)) {
      // Only the depth matters here.
    }
    if (parser.stack.length > DEEPEST) return parser.offset;
  }
  return undefined;
}
