import { OwnAnswer } from '../own-answer';

/**
 * Sets headers of an answer that exists already, by names in lower case. Hono's own `header` would copy the answer each time, and every
 * answer of an API is made by the API itself, so its headers can be changed.
 */
export function addHeaders({ res }: { readonly res: Response }, headers: Readonly<Record<string, string>>): void {
  if (res instanceof OwnAnswer) for (const name in headers) res.setHeader(name, headers[name] as string);
  else for (const name in headers) res.headers.set(name, headers[name] as string);
}
