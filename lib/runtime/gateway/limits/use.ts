import { finalTokens, type RequestLog } from '../../http/records/request-log';
import { partsByDestination } from './destination-parts';

/** Tokens that a cache saved or cost; they are included in the tokens of prompts. */
export interface CacheUse {
  readonly cached: number;
  readonly cacheWrite: number;
}

export interface Use extends CacheUse {
  readonly tokens: number;
}

/** Counts that are stored with another one, by name. */
export type Parts = Readonly<Record<string, number>>;

/** The tokens of a request, and how they are counted apart for its tenant and its member. */
export function useOf(log: RequestLog): {
  readonly tokens: number;
  readonly ofTenant: Parts;
  readonly ofMember: Parts;
  /** Also the tokens of each kind and destination: a project's use may be shown in every detail. */
  readonly ofProject: Parts;
} {
  const final = finalTokens(log);
  const { prompt = 0, completion = 0, cached = 0, cacheWrite = 0 } = final ?? {};
  const tokens = prompt + completion;
  const ofMember: Record<string, number> = {};
  if (cached > 0) ofMember.cached = cached;
  if (cacheWrite > 0) ofMember.cacheWrite = cacheWrite;
  const ofTenant = { ...ofMember };
  if (log.model !== undefined) {
    if (tokens > 0) ofTenant[named('tokens', log.model)] = tokens;
    for (const kind in ofMember) ofTenant[named(kind, log.model)] = ofMember[kind] as number;
  }
  return { tokens, ofTenant, ofMember, ofProject: { ...ofTenant, ...partsByDestination(log, final) } };
}

/** The sums of two sets of parts. */
export function added(one: Parts, other: Parts): Parts {
  const sums: Record<string, number> = { ...one };
  for (const [name, count] of Object.entries(other)) sums[name] = (sums[name] ?? 0) + count;
  return sums;
}

/** The use of each model, from the parts of a tenant's count. */
export function useByModel(parts: Parts): ReadonlyMap<string, Use> {
  const models = new Map<string, Use>();
  for (const [name, count] of Object.entries(parts)) {
    const [kind = '', ...model] = name.split(MARK);
    if (model.length === 0) continue;
    const key = model.join(MARK);
    models.set(key, { tokens: 0, cached: 0, cacheWrite: 0, ...models.get(key), [kind]: count });
  }
  return models;
}

const MARK = '#';

const named = (kind: string, model: string) => `${kind}${MARK}${model}`;
