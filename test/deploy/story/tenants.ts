import type { Caller } from '../front/client';
import { type Context, PROJECTS, WORKSPACE } from '../read-back/context';
import type { Served } from './served';

/** Base URL of each API, by stack, as the stacks put them out. */
export type BaseUrls = Readonly<Record<string, string>>;

export const baseUrlsOf = (outputs: Readonly<Record<string, { readonly BaseUrl?: string }>>): BaseUrls =>
  Object.fromEntries(Object.entries(outputs).map(([stack, { BaseUrl = '' }]) => [stack, BaseUrl]));

/** An API, and who may call it. */
export interface Tenant {
  readonly under: string;
  readonly baseUrl: string;
  readonly functionName: string;
  readonly caller: Caller;
  /** Callers who are refused, and what they are told. */
  readonly strangers: Readonly<Record<string, readonly [caller: Caller, status: number, code: string]>>;
  /** What is answered to a path outside `/v1`. */
  readonly elsewhere: readonly [status: number, code: string];
}

export function workspaceOf(context: Context, { tokens }: Served, baseUrls: BaseUrls): Tenant {
  return {
    ...apiOf(context, WORKSPACE, baseUrls),
    caller: { apiKey: tokens.member },
    strangers: {
      'without a token': [{}, 401, 'invalid_api_key'],
      'with a signature': [{ secret: 'test' }, 401, 'invalid_api_key'],
      'with a token that somebody else signed': [{ apiKey: tokens.forged }, 401, 'invalid_api_key'],
      "with a token for Cognito's own API": [{ apiKey: tokens.access }, 401, 'invalid_api_key'],
      'with a token of somebody who is in no group': [{ apiKey: tokens.stranger }, 403, 'role_refused'],
    },
  };
}

export function projectsOf(context: Context, { keys }: Served, baseUrls: BaseUrls): Tenant {
  return {
    ...apiOf(context, PROJECTS, baseUrls),
    caller: { apiKey: keys.valid },
    strangers: {
      'without a key': [{}, 401, 'invalid_api_key'],
      'with a signature': [{ secret: 'test' }, 401, 'invalid_api_key'],
      'with a key that nobody made': [{ apiKey: `${keys.valid.slice(0, -4)}AAAA` }, 401, 'invalid_api_key'],
      'with a revoked key': [{ apiKey: keys.revoked }, 401, 'invalid_api_key'],
    },
  };
}

function apiOf({ deployed }: Context, under: string, baseUrls: BaseUrls) {
  return {
    under,
    baseUrl: baseUrls[under.split('/')[0] ?? ''] ?? '',
    functionName: deployed.one('AWS::Lambda::Function', `${under}/Gateway`).physicalId,
    elsewhere: [404, 'unknown_url'] as const,
  };
}
