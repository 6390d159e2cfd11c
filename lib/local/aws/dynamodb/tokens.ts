import { invalid } from '../shared/fault';

/** One word or sign of an expression. */
export interface Token {
  readonly kind: 'name' | 'alias' | 'value' | 'index' | 'sign';
  readonly text: string;
}

const FORMS: readonly (readonly [Token['kind'] | undefined, RegExp])[] = [
  [undefined, /\s+/y],
  ['alias', /#[A-Za-z0-9_]+/y],
  ['value', /:[A-Za-z0-9_]+/y],
  ['index', /\[\d+\]/y],
  ['name', /[A-Za-z_][A-Za-z0-9_]*/y],
  ['sign', /<>|<=|>=|[=<>(),.+-]/y],
];

/** The words and signs of an expression, in order. */
export function tokens(expression: string, what: string): Token[] {
  const found: Token[] = [];
  let at = 0;
  while (at < expression.length) {
    const form = FORMS.map(([kind, pattern]) => {
      pattern.lastIndex = at;
      return [kind, pattern.exec(expression)?.[0]] as const;
    }).find(([, text]) => text !== undefined);
    if (form?.[1] === undefined)
      throw invalid(`Invalid ${what}: Syntax error; token: "${expression.slice(at, at + 10)}"`);
    const [kind, text] = form;
    if (kind !== undefined) found.push({ kind, text });
    at += text.length;
  }
  return found;
}

/** Reads an expression's tokens one after the other. */
export class TokenReader {
  private at = 0;
  private readonly list: readonly Token[];

  constructor(
    expression: string,
    private readonly what: string,
  ) {
    this.list = tokens(expression, what);
    if (this.list.length === 0) throw invalid(`Invalid ${what}: The expression can not be empty;`);
  }

  public get isDone(): boolean {
    return this.at >= this.list.length;
  }

  public peek(): Token | undefined {
    return this.list[this.at];
  }

  public next(): Token {
    return this.list[this.at++] ?? this.fail();
  }

  /** Takes the next token if it is this sign, or this keyword in any case. */
  public take(text: string): boolean {
    const token = this.peek();
    if (token === undefined) return false;
    const isIt = token.kind === 'name' ? token.text.toUpperCase() === text : token.text === text;
    if (isIt) this.at++;
    return isIt;
  }

  public expect(text: string): void {
    if (!this.take(text)) this.fail();
  }

  /** Whether a function's name comes next. */
  public isCall(): boolean {
    return this.peek()?.kind === 'name' && this.list[this.at + 1]?.text === '(';
  }

  public end(): void {
    if (!this.isDone) this.fail();
  }

  public fail(): never {
    throw invalid(`Invalid ${this.what}: Syntax error; token: "${this.peek()?.text ?? '<EOF>'}"`);
  }
}
