/**
 * An answer in JSON whose text is known. A server writes the text at once, which costs much less than reading it from the body of the
 * answer. To everyone else, it is a Response as `Response.json` makes it.
 */
export class JsonAnswer extends Response {
  public readonly content: string;

  constructor(value: unknown, { status = 200, headers = {} }: JsonAnswerInit = {}) {
    const content = JSON.stringify(value);
    super(content, { status, headers: { 'content-type': 'application/json', ...headers } });
    this.content = content;
  }
}

export interface JsonAnswerInit {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}
