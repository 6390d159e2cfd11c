import { setTimeout as sleep } from 'node:timers/promises';
import { jsonOf } from '@/test/support/json-of';
import type { ApiGateway } from '../../api-gateway/api-gateway';
import { openai, send } from '../../api-gateway/client';
import type { Context } from '../../read-back/context';
import type { DeployedApis } from '../deployed-apis';
import { type BaseUrls, projectsOf, workspaceOf } from '../tenants';

/** What the scenarios of keys, jobs, files and projects act on: a deployment, and the processes that serve it. */
export interface People {
  readonly context: Context;
  readonly apis: DeployedApis;
  readonly apiGateway: ApiGateway;
  readonly baseUrls: BaseUrls;
}

/** An answer of an API that no client of OpenAI knows. */
export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: the answers of all paths
  readonly answer: any;
}

/** The workspace's API, and its function. */
export const workspaceIn = ({ context, apis, baseUrls }: People) => workspaceOf(context, apis, baseUrls);

/** The projects' API, and its function. */
export const projectsIn = ({ context, apis, baseUrls }: People) => projectsOf(context, apis, baseUrls);

/** OpenAI's client with a member's token. */
export const byToken = (people: People, token: string) =>
  openai(workspaceIn(people).baseUrl, people.apiGateway.port, { apiKey: token });

/** OpenAI's client with a member's API key. */
export const byKey = (people: People, key: string) =>
  openai(workspaceIn(people).baseUrl.replace(/v1$/, 'key/v1'), people.apiGateway.port, { apiKey: key });

/** Sends a request to a path of the workspace's API, relative to `/v1/`. */
export async function ask(people: People, method: string, path: string, token: string, body?: object): Promise<Answer> {
  const init = { method, headers: { 'content-type': 'application/json' }, ...(body && { body: JSON.stringify(body) }) };
  const url = new URL(path, `${workspaceIn(people).baseUrl}/`);
  const response = await send(url, init, people.apiGateway.port, { apiKey: token });
  return { status: response.status, answer: response.status === 204 ? undefined : await jsonOf(response) };
}

/** A new process of the workspace's gateway, without what the former one has cached for up to a minute. */
export const withoutCache = (people: People) => people.apiGateway.restart(workspaceIn(people).functionName);

const DEADLINE_MS = 60_000;

/** Waits until something has a status. The emulator looks at a stream once per second. */
export async function until<T extends { readonly status?: string }>(
  read: () => Promise<T>,
  status: string,
): Promise<T> {
  const startedAt = Date.now();
  for (;;) {
    const found = await read();
    if (found.status === status) return found;
    if (Date.now() - startedAt > DEADLINE_MS) throw new Error(`it is ${JSON.stringify(found)}, not ${status}`);
    await sleep(250);
  }
}
