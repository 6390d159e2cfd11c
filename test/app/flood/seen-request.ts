/** A request as the web ACL sees it. */
export interface SeenRequest {
  readonly address: number;
  readonly method: 'POST' | 'OPTIONS';
  /** The names of its headers; an authorization is a bearer token. */
  readonly headers: readonly string[];
}

// biome-ignore lint/suspicious/noExplicitAny: a statement has many forms
type Statement = any;

/** How WAF evaluates a statement; one that it has no form for here fails. */
export function matches(statement: Statement): (request: SeenRequest) => boolean {
  const [[kind, of]] = Object.entries<Statement>(statement) as [[string, Statement]];
  switch (kind) {
    case 'NotStatement': {
      const inner = matches(of.Statement);
      return (request) => !inner(request);
    }
    case 'AndStatement':
    case 'OrStatement': {
      const [one, ...others]: ((request: SeenRequest) => boolean)[] = of.Statements.map(matches);
      if (one === undefined) throw new Error(`an empty ${kind}`);
      return kind === 'AndStatement'
        ? (request) => one(request) && others.every((other) => other(request))
        : (request) => one(request) || others.some((other) => other(request));
    }
    case 'SizeConstraintStatement':
      return (request) => request.headers.includes(of.FieldToMatch.SingleHeader.Name);
    case 'ByteMatchStatement':
      return of.FieldToMatch.Method
        ? (request) => request.method === of.SearchString
        : (request) => request.headers.includes(of.FieldToMatch.SingleHeader.Name);
    default:
      throw new Error(`a statement of another form: ${kind}`);
  }
}
