import { CST, Lexer } from 'yaml';
import { TOO_MANY, UNRESOLVED } from '../template/placeholder';

/** A language whose comments can be told apart. */
export type Language = 'javascript' | 'python' | 'shell' | 'yaml';

/** Patterns of the comments, and of everything else. A text with a part that fits none isn't understood. */
interface Tokens {
  readonly comment: RegExp;
  readonly code: readonly RegExp[];
  /** A sign that the patterns may not fit. */
  readonly doubtful?: RegExp;
}

const TOKENS: Readonly<Record<Exclude<Language, 'yaml'>, Tokens>> = {
  javascript: {
    comment: /\/\/[^\n\r\u2028\u2029]*|\/\*[\s\S]*?\*\//y,
    code: [
      /'(?:[^'\\\n]|\\[\s\S])*'|"(?:[^"\\\n]|\\[\s\S])*"/y,
      /`(?:[^`\\$]|\\[\s\S]|\$(?!\{)|\$\{[^`'"{}/]*\})*`/y,
      // A regular expression, where only an operand can follow; a division, where only an operator can.
      /(?<=(?:[(,=:[!&|?{;]|=>|(?<![.\w$])(?:return|typeof|case))\s*)\/(?![*/])(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/\w*/y,
      /(?<=[\w$\]]\s*)(?<!\b(?:return|typeof|case|in|of|do|else|void|delete|throw|new|await|yield)\s*)\/(?![*/])/y,
      /[\w$\s\u0080-\uffff]+|[^\w\s$'"`/]/y,
    ],
    // Scripts treat these as comments too.
    doubtful: /<!--|-->/,
  },
  python: {
    comment: /#[^\n]*/y,
    code: [
      /(?:[ft]r?|r[ft])(?:"""(?:[^\\{}]|\\[\s\S]|\{\{|\}\}|\{[^"'{}#]*\})*?"""|'''(?:[^\\{}]|\\[\s\S]|\{\{|\}\}|\{[^"'{}#]*\})*?''')/iy,
      /(?:[ft]r?|r[ft])(?:"(?!"")(?:[^"\\\n{}]|\\[\s\S]|\{\{|\}\}|\{[^"'{}\n#]*\})*"|'(?!'')(?:[^'\\\n{}]|\\[\s\S]|\{\{|\}\}|\{[^"'{}\n#]*\})*')/iy,
      /"""(?:[^\\]|\\[\s\S])*?"""|'''(?:[^\\]|\\[\s\S])*?'''/y,
      /"(?!"")(?:[^"\\\n]|\\[\s\S])*"|'(?!'')(?:[^'\\\n]|\\[\s\S])*'/y,
      /(?!(?:[ft]r?|r[ft])["'])[\w\u0080-\uffff]+|[^\w'"#]/iy,
    ],
  },
  shell: {
    comment: /(?<=^|[\s;&|(])#[^\n]*/y,
    code: [
      /'[^']*'|\$'(?:[^'\\]|\\[\s\S])*'/y,
      /"(?:[^"\\`$]|\\[\s\S]|\$(?![({])|\$\{[^"'`{}]*\}|\$\([^()"'`#]*\))*"/y,
      /<<-[ \t]*(["']?)(\w+)\1[^\n'"`#<\\]*(?:\n[^\n]*)*?\n\t*\2(?=\n|$)/y,
      /<<(?![-<])[ \t]*(["']?)(\w+)\1[^\n'"`#<\\]*(?:\n[^\n]*)*?\n\2(?=\n|$)/y,
      /\\[\s\S]|\$\{[^"'`{}]*\}|\$(?![{'])[\w#@*?!$-]?|<<<|<(?!<)/y,
      /[^\s'"\\`#$<;&|()][^\s'"\\`$<;&|()]*|#|[\s;&|()]/y,
    ],
  },
};

/** A text with spaces in place of its comments; none if it isn't certain which parts are comments. */
export function withoutComments(text: string, language: Language): string | undefined {
  // What the deployment fills in may end a comment.
  if (text.includes(UNRESOLVED) || text.includes(TOO_MANY)) return undefined;
  return language === 'yaml' ? yamlWithoutComments(text) : codeWithoutComments(text, TOKENS[language]);
}

function codeWithoutComments(text: string, { comment, code, doubtful }: Tokens): string | undefined {
  if (doubtful?.test(text)) return undefined;
  let result = '';
  while (result.length < text.length) {
    const at = result.length;
    const found = matchAt(comment, text, at);
    const token = found ?? code.map((pattern) => matchAt(pattern, text, at)).find((match) => match !== undefined);
    if (token === undefined) return undefined;
    result += found === undefined ? token : blank(found);
  }
  return result;
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

const blank = (comment: string) => comment.replace(/[^\n]/g, ' ');

function yamlWithoutComments(text: string): string {
  const marks: readonly string[] = [CST.DOCUMENT, CST.SCALAR, CST.FLOW_END];
  return [...new Lexer().lex(text)]
    .filter((lexeme) => !marks.includes(lexeme))
    .map((lexeme) => (CST.tokenType(lexeme) === 'comment' ? blank(lexeme) : lexeme))
    .join('');
}
