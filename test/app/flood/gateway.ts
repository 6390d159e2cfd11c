import { RETRY_RUNNING } from '@/lib/runtime/gateway/limits/running';
import type { Agenda } from './agenda';
import type { Api, Declared } from './declared';
import { Lambda } from './lambda';
import type { SeenRequest } from './seen-request';
import { WebAcl } from './web-acl';

/** More than the handler needs to refuse a request; a test measures it. */
export const REFUSAL_MS = 25;

/** The limits of a tenant that its gateway enforces. */
export interface TenantLimits {
  readonly concurrentRequests?: number;
  readonly requestsPerMinute?: number;
}

export interface Request extends SeenRequest {
  readonly api: string;
  /** The tenant of a valid key; none without one. */
  readonly tenant?: string;
  readonly answerMs: number;
}

/**
 * Reports the answer: 200 at its end, and 503 if Lambda throttled the function.
 *
 * @param retryAfter milliseconds; none if the answer says nothing
 */
export type Answered = (status: 200 | 401 | 403 | 429 | 503, retryAfter?: number) => void;

/** The deployed APIs in virtual time, in the order in which AWS checks a request: web ACL, throttling, authorizer, function. */
export class Gateways {
  public readonly lambda: Lambda;
  private readonly acl: WebAcl;
  private readonly buckets = new Map<string, { tokens: number; at: number }>();
  private readonly running = new Map<string, number>();
  private readonly counted = new Map<string, number>();

  constructor(
    private readonly agenda: Agenda,
    private readonly declared: Declared,
    quota: number,
    private readonly limits: Readonly<Record<string, TenantLimits>>,
  ) {
    this.acl = new WebAcl(declared.rules);
    const reserved = declared.apis.flatMap(({ name, reserved }) =>
      reserved === undefined ? [] : [[name, reserved] as const],
    );
    this.lambda = new Lambda(agenda, quota, new Map(reserved), declared.reservedByOthers);
  }

  public send(request: Request, answered: Answered): void {
    const api = this.declared.apis.find(({ name }) => name === request.api);
    if (api === undefined) throw new Error(`no API ${request.api}`);
    const status = this.refusalOf(api, request);
    if (status !== undefined) answered(status);
    else if (request.method === 'OPTIONS' && api.answersPreflights) answered(200);
    else if (!this.lambda.invoke(api.name, () => this.handle(request, answered))) answered(503);
  }

  private refusalOf(api: Api, request: Request) {
    if (this.declared.throttlesFirst && !this.takeToken(api)) return 429;
    if (this.acl.blocks(request, this.agenda.now)) return 403;
    if (!this.declared.throttlesFirst && !this.takeToken(api)) return 429;
    const isPreflight = request.method === 'OPTIONS' && api.answersPreflights;
    return api.hasAuthorizer && !isPreflight && request.tenant === undefined ? 401 : undefined;
  }

  /** A token bucket, which API Gateway documents as its way of throttling. */
  private takeToken({ name, ratePerSecond, burst }: Api): boolean {
    const { now } = this.agenda;
    const bucket = this.buckets.get(name) ?? { tokens: burst, at: now };
    this.buckets.set(name, bucket);
    if (burst === Number.POSITIVE_INFINITY) return true;
    bucket.tokens = Math.min(burst, bucket.tokens + ((now - bucket.at) * ratePerSecond) / 1_000);
    bucket.at = now;
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
  }

  private handle({ tenant, answerMs }: Request, answered: Answered) {
    const refuse = (status: 401 | 429, retryAfter?: number) => ({
      ms: REFUSAL_MS,
      end: () => answered(status, retryAfter),
    });
    if (tenant === undefined) return refuse(401);
    const { concurrentRequests, requestsPerMinute } = this.limits[tenant] ?? {};
    const running = this.running.get(tenant) ?? 0;
    if (concurrentRequests !== undefined && running >= concurrentRequests) return refuse(429, RETRY_RUNNING * 1_000);
    const minute = `${tenant} ${Math.floor(this.agenda.now / 60_000)}`;
    const requests = this.counted.get(minute) ?? 0;
    if (requestsPerMinute !== undefined && requests >= requestsPerMinute) {
      return refuse(429, 60_000 - (this.agenda.now % 60_000));
    }
    this.counted.set(minute, requests + 1);
    this.running.set(tenant, running + 1);
    const end = () => {
      this.running.set(tenant, (this.running.get(tenant) ?? 0) - 1);
      answered(200);
    };
    return { ms: REFUSAL_MS + answerMs, end };
  }
}
