import { OwnAnswer } from './own-answer';

/** An answer in JSON whose text is known, so that a server writes it at once. */
export class JsonAnswer extends OwnAnswer {
  public readonly content: string;

  constructor(value: unknown, { status, headers }: JsonAnswerInit = {}) {
    super({ 'content-type': 'application/json', ...headers }, status);
    this.content = JSON.stringify(value);
  }

  protected override make(): Response {
    return new Response(this.content);
  }
}

export interface JsonAnswerInit {
  readonly status?: number;
  /** By names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
}
