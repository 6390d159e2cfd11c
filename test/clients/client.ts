/** A refusal that docs/COMPATIBILITY.md announces. */
export interface Refusal {
  /** The parameter that the error names as the gateway writes it, or the status where no parameter is refused. */
  readonly by: string | 401 | 404;
  /** The heading of the page's section, and the text there that announces the refusal. */
  readonly documented: readonly [heading: string, text: string];
  /** Whose requests are refused; by default everyone's. */
  readonly only?: Tenant;
}

/** Whose key or token a client has. */
export type Tenant = 'project' | 'workspace';

/** A client, and everything that it does here. */
export interface Client {
  /** The name in the documentation. */
  readonly name: string;
  /** Its script, in `node` or `python`. */
  readonly script: string;
  /** The package whose locked version is reported, or the version of a program whose requests are repeated. */
  readonly version: { readonly of: string } | { readonly requestsOf: string };
  /** The lock of a Python client's packages. */
  readonly lock?: 'openai-2' | 'openai-3';
  /** Operations that must succeed. */
  readonly passes: readonly string[];
  /** Operations that must be refused, each with its reason; those of one tenant succeed for the other. */
  readonly refused?: Readonly<Record<string, Refusal>>;
}

/** A client's report of one operation. */
export interface Reported {
  readonly row: string;
  readonly ok: boolean;
  readonly status?: number;
  readonly param?: string;
  readonly code?: string;
  readonly message?: string;
}

/** The headings of docs/COMPATIBILITY.md under which refusals are announced. */
export const CHAT = '`POST /v1/chat/completions`';
export const RESPONSES = '`POST /v1/responses`';
export const EMBEDDINGS = '`POST /v1/embeddings`';
export const HOSTED_TOOLS = 'Hosted tools';

/** A refusal of a parameter by the row that a section's table has for it. */
export const refused = (heading: string, by: string, only?: Tenant): Refusal => {
  const [row = by] = by.split(/[.[]/);
  return { by, documented: [heading, `| \`${row}\` |`], ...(only && { only }) };
};

/** An endpoint that a project doesn't have. */
export const onlyWorkspaces = (heading: string): Refusal => ({
  by: 404,
  documented: [`${heading} (workspaces)`, '| path |'],
  only: 'project',
});
