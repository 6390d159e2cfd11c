import { ADMIN_PATH, type AdminApi } from '../../contract/admin-path';
import { UsageError } from '../shared/usage-error';

/** A request that an administrator of a workspace makes. */
export interface AdminRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** One of the APIs, or what is below it. */
  readonly path: AdminApi | `${AdminApi}/${string}` | `${AdminApi}?${string}`;
  readonly body?: object;
}

/** The content of an answer. */
export type Shown = Readonly<Record<string, unknown>>;

/**
 * @param whose the role whose token is needed, for the message
 * @throws UsageError if the environment has no token
 */
export function adminToken(whose = 'an administrator'): string {
  const token = process.env.EU_RESIDENCY_TOKEN ?? '';
  if (/^[\w-]+\.[\w-]+\.[\w-]+$/.test(token)) return token;
  throw new UsageError(`'EU_RESIDENCY_TOKEN' contains no token; set it to the ID token of ${whose} of the workspace`);
}

/**
 * A workspace's base URL, without `/v1`. A token is sent there, so it must be https, except on this machine.
 *
 * @throws UsageError if the text isn't such a URL
 */
export function workspaceUrl(text: string | undefined): string {
  if (text === undefined)
    throw new UsageError(
      "--url is missing; add the base URL of the workspace, such as the one that 'eu-residency serve' prints",
    );
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isLocal = url?.protocol === 'http:' && ['127.0.0.1', 'localhost'].includes(url.hostname);
  if (url === undefined || !(isLocal || url.protocol === 'https:') || url.search !== '' || url.username !== '') {
    throw new UsageError(`--url: found '${text}'; allowed: an https URL, or http on this machine`);
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '').replace(/\/v1$/, '')}`;
}

/** @throws UsageError with the message of the workspace, if it refuses */
export const askAdmin = (url: string, { path, ...request }: AdminRequest, token: string): Promise<Shown> =>
  askWorkspace(url, { ...request, path: `${ADMIN_PATH}/${path}` }, token);

/**
 * Sends a request with a token, to a path of a workspace.
 *
 * @throws UsageError with the message of the workspace, if it refuses
 */
export async function askWorkspace(
  url: string,
  { method, path, body }: Pick<AdminRequest, 'method' | 'body'> & { readonly path: string },
  token: string,
): Promise<Shown> {
  const headers = { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) };
  let response: Response;
  try {
    response = await fetch(`${url}${path}`, {
      method,
      headers,
      body: body && JSON.stringify(body),
      // The token would follow a redirect.
      redirect: 'error',
    });
  } catch {
    throw new UsageError(`--url: nothing answers at ${url}; is it the base URL of the workspace?`);
  }
  const answer = (await response.json().catch(() => ({}))) as Shown;
  if (response.ok) return answer;
  const { message } = (answer.error ?? {}) as { readonly message?: string };
  throw new UsageError(message ?? `${url} answers ${response.status}; is it the base URL of the workspace?`);
}
