import type { ApiError } from '@/lib/runtime/http/api-error';
import type { RequestMiddleware } from '@/lib/runtime/http/handler/request-env';

/** The time of requests, in whole seconds as tokens have it. */
export const NOW = new Date(Math.floor(Date.now() / 1_000) * 1_000);

export interface Asked {
  readonly authorization?: string;
  readonly path?: string;
  readonly method?: string;
  readonly time?: Date;
}

/** What the rest of the API finds of a request that went through the authentication, or its refusal. */
export async function through(middleware: RequestMiddleware, asked: Asked) {
  const { authorization, path = '/v1/chat/completions', method = 'POST', time = NOW } = asked;
  const log: { tenant: string; member?: string } = { tenant: 'sciences' };
  const found: { member?: unknown; served: boolean; refusal?: ApiError } = { served: false };
  const context = {
    var: { log, time },
    req: { header: (name: string) => (name === 'authorization' ? authorization : undefined), path, method },
    set: (_: 'member', member: unknown) => {
      found.member = member;
    },
  };
  try {
    await middleware(context as never, async () => {
      found.served = true;
    });
  } catch (error) {
    found.refusal = error as ApiError;
  }
  return { ...found, tenant: log.tenant, logged: log.member };
}
