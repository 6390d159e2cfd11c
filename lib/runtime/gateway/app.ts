import { type Context, Hono } from 'hono';
import { ApiError } from './api-error';
import type { Bedrock } from './bedrock';
import { completeChat } from './chat/complete-chat';
import { describeFault } from './fault';
import { getModel, listModels } from './models';
import { type RequestLog, type Trail, toRequestLog, writeRequestLog } from './request-log';
import { residencyHeaders } from './residency-headers';
import type { Serving } from './serving';

/** What a gateway is made of; the clock and the ids can be fixed in tests. */
export interface GatewayOptions {
  readonly serving: Serving;
  readonly bedrock: Pick<Bedrock, 'converse'>;
  /** @default - one line of JSON on standard output */
  readonly log?: (entry: RequestLog) => void;
  /** @default - the clock */
  readonly now?: () => Date;
  /** @default - a random UUID */
  readonly newId?: () => string;
}

interface Variables {
  requestId: string;
  time: Date;
  trail: Trail;
}

/** A gateway over web-standard requests and responses. */
export interface Gateway {
  fetch(request: Request): Response | Promise<Response>;
}

/** The OpenAI-compatible gateway of one deployment. A path that isn't listed here is a 404, never passed on. */
export function createGateway(options: GatewayOptions): Gateway {
  const { serving, bedrock, log = writeRequestLog, now = () => new Date() } = options;
  const newId = options.newId ?? (() => crypto.randomUUID());
  const app = new Hono<{ Variables: Variables }>();

  app.use(async (c, next) => {
    const time = now();
    const requestId = newId();
    const trail: Trail = { route: 'other' };
    c.set('time', time);
    c.set('requestId', requestId);
    c.set('trail', trail);
    await next();
    const headers = { ...residencyHeaders(serving, trail), 'x-request-id': requestId };
    for (const [name, value] of Object.entries(headers)) c.header(name, value);
    log(
      toRequestLog(trail, {
        requestId,
        time: time.toISOString(),
        durationMs: now().getTime() - time.getTime(),
        tenantKind: serving.tenant.kind,
        status: c.res.status,
      }),
    );
  });

  app.post('/v1/chat/completions', async (c) => {
    const trail = c.get('trail');
    trail.route = 'chat.completions';
    const context = { serving, bedrock, trail, requestId: c.get('requestId'), now: c.get('time') };
    return c.json(await completeChat(c.req.raw, context));
  });
  app.all('/v1/chat/completions', () => methodNotAllowed('POST'));

  app.get('/v1/models', (c) => {
    c.get('trail').route = 'models';
    return c.json(listModels(serving));
  });
  app.all('/v1/models', () => methodNotAllowed('GET, HEAD'));

  app.get('/v1/models/:id', (c) => {
    c.get('trail').route = 'models';
    return c.json(getModel(serving, c.req.param('id')));
  });
  app.all('/v1/models/:id', () => methodNotAllowed('GET, HEAD'));

  const answerError = (c: Context<{ Variables: Variables }>, error: ApiError) => {
    c.get('trail').reason ??= error.code;
    return error.toResponse();
  };
  app.notFound((c) => answerError(c, unknownUrl()));
  app.onError((error, c) => {
    if (error instanceof ApiError) return answerError(c, error);
    c.get('trail').fault = describeFault(error);
    return answerError(c, internalError());
  });

  return { fetch: (request) => app.fetch(request) };
}

function methodNotAllowed(allow: string): never {
  throw new ApiError(405, 'method_not_allowed', `this path takes ${allow} only`, { headers: { allow } });
}

const unknownUrl = () =>
  new ApiError(
    404,
    'unknown_url',
    'there is nothing at this path; this gateway has POST /v1/chat/completions, GET /v1/models, GET /v1/models/{id}',
  );

/** What went wrong isn't said: the message of an unexpected error may quote the request. */
const internalError = () =>
  new ApiError(500, 'internal_error', 'the gateway failed; tell its operator the x-request-id of this answer');
