import type { Caller } from '../api-gateway/client';
import { type Context, PROJECTS, WORKSPACE } from '../read-back/context';
import type { DeployedApis } from './deployed-apis';

/** The base URL of each API by stack, from the stacks' outputs. */
export type BaseUrls = Readonly<Record<string, string>>;

export const baseUrlsOf = (outputs: Readonly<Record<string, { readonly BaseUrl?: string }>>): BaseUrls =>
  Object.fromEntries(Object.entries(outputs).map(([stack, { BaseUrl = '' }]) => [stack, BaseUrl]));

/** An API, with a caller that it admits and callers that it refuses. */
export interface Tenant {
  readonly under: string;
  readonly baseUrl: string;
  readonly functionName: string;
  readonly caller: Caller;
  /** Refused callers, each with the status and code of its error. */
  readonly refusedCallers: Readonly<Record<string, readonly [caller: Caller, status: number, code: string]>>;
  /** The answer to a path outside `/v1`. */
  readonly otherPath: readonly [status: number, code: string];
}

export function workspaceOf(context: Context, { tokens }: DeployedApis, baseUrls: BaseUrls): Tenant {
  return {
    ...apiOf(context, context.workspace ?? WORKSPACE, baseUrls),
    caller: { apiKey: tokens.member },
    refusedCallers: {
      'without a token': [{}, 401, 'invalid_api_key'],
      'with a signature': [{ secret: 'test' }, 401, 'invalid_api_key'],
      'with a token that is signed with another key': [{ apiKey: tokens.forged }, 401, 'invalid_api_key'],
      "with a token for Cognito's own API": [{ apiKey: tokens.access }, 401, 'invalid_api_key'],
      'with the token of a user in no group': [{ apiKey: tokens.ungrouped }, 403, 'role_refused'],
    },
  };
}

export function projectsOf(context: Context, { keys }: DeployedApis, baseUrls: BaseUrls): Tenant {
  return {
    ...apiOf(context, PROJECTS, baseUrls),
    caller: { apiKey: keys.valid },
    refusedCallers: {
      'without a key': [{}, 401, 'invalid_api_key'],
      'with a signature': [{ secret: 'test' }, 401, 'invalid_api_key'],
      'with an unknown key': [{ apiKey: `${keys.valid.slice(0, -4)}AAAA` }, 401, 'invalid_api_key'],
      'with a revoked key': [{ apiKey: keys.revoked }, 401, 'invalid_api_key'],
    },
  };
}

function apiOf({ deployed }: Context, under: string, baseUrls: BaseUrls) {
  return {
    under,
    baseUrl: baseUrls[under.split('/')[0] ?? ''] ?? '',
    functionName: deployed.one('AWS::Lambda::Function', `${under}/Gateway`).physicalId,
    otherPath: [404, 'unknown_url'] as const,
  };
}
