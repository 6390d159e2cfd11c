import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { ApiError } from '../http/api-error';
import { serveChat } from './chat/serve-chat';
import { type Content, requireOwner } from './context/content';
import type { RequestContext, Upstream } from './context/request-context';
import { serveEmbeddings } from './embeddings/serve-embeddings';
import type { InputItem } from './items/items';
import type { ResponseRequest } from './items/parameters';
import type { PromptReference } from './items/prompt-reference';
import { NO_SERVERS, type Servers } from './openai/servers';
import type { Gateway, GatewayEnv } from './request/gateway-env';
import { answerError, type RecordingOptions, recording } from './request/recording';
import type { Route } from './request/trail';
import { refuseStoredResponse, serveResponses } from './responses/serve-responses';
import { allowOrRefuse, decideChatModel } from './routing/decide';
import { getModel, listModels } from './routing/models';
import { Resilience, type ResilienceOptions } from './routing/resilience';

/** What a gateway is made of; the clock and the ids can be fixed in tests. */
export interface GatewayOptions extends RecordingOptions {
  readonly upstream: Upstream;
  /**
   * What calls the destinations that aren't Bedrock's.
   *
   * @default - none, and a policy that names one is refused
   */
  readonly servers?: Servers;
  /**
   * Runs before every route, within the request's record: it may set the tenant of the trail, narrow what is served, add
   * headers, or throw an ApiError.
   *
   * @default - none
   */
  readonly middleware?: readonly MiddlewareHandler<GatewayEnv>[];
  /**
   * What stores a workspace's content.
   *
   * @default - nothing is stored
   */
  readonly content?: Content;
  /** @default - as ResilienceOptions say */
  readonly resilience?: ResilienceOptions;
  /**
   * How long a stream may be silent before a comment keeps it open.
   *
   * @default 15 000
   */
  readonly heartbeatMs?: number;
}

type Served = Context<GatewayEnv>;

/** The OpenAI-compatible gateway of one deployment. A path that isn't listed here is a 404, never passed on. */
export function createGateway(options: GatewayOptions): Gateway {
  const { upstream, content, servers = NO_SERVERS, heartbeatMs = 15_000, now = () => new Date() } = options;
  requireServers(options);
  const resilience = new Resilience(options.resilience);
  const app = new Hono<GatewayEnv>();

  app.use(recording(options));
  for (const middleware of options.middleware ?? []) app.use(middleware);

  const route = (c: Served, name: Route): RequestContext => {
    const trail = c.get('trail');
    trail.route = name;
    const { serving, requestId, time, member } = c.var;
    const begin =
      content &&
      ((wanted: ResponseRequest, before: readonly InputItem[]) => content.begin(requireOwner(member), wanted, before));
    const file = content && ((id: string) => content.file(requireOwner(member), id));
    const prompt = content && ((reference: PromptReference) => content.prompt(requireOwner(member), reference));
    return { serving, upstream, servers, resilience, requestId, time, now, heartbeatMs, trail, begin, file, prompt };
  };
  app.post('/v1/chat/completions', (c) => serveChat(c.req.raw, route(c, 'chat.completions')));
  app.post('/v1/responses', (c) => serveResponses(c.req.raw, route(c, 'responses')));
  app.post('/v1/embeddings', (c) => serveEmbeddings(c.req.raw, route(c, 'embeddings')));
  app.get('/v1/models', (c) => c.json(listModels(route(c, 'models').serving)));
  app.get('/v1/models/:id', (c) => c.json(getModel(route(c, 'models').serving, c.req.param('id'))));
  // OpenAI's, and none here; what isn't one of these is an id.
  for (const path of ['/v1/responses/compact', '/v1/responses/input_tokens']) {
    app.post(path, (c) => answerError(c, unknownUrl(content)));
  }
  for (const { method, path, route: name, serve } of content?.routes ?? []) {
    app.on(method, path, (c) => {
      const { serving, trail } = route(c, name);
      const requireModel = (model: string) => void allowOrRefuse(decideChatModel(serving, model), trail);
      return serve({ request: c.req.raw, params: c.req.param(), member: requireOwner(c.var.member), requireModel });
    });
  }
  if (content === undefined) {
    app.get('/v1/responses/:id', (c) => refuseStoredResponse(route(c, 'responses')));
    app.delete('/v1/responses/:id', (c) => refuseStoredResponse(route(c, 'responses')));
  }
  for (const [path, allow] of [...METHODS, ...methodsOf(content)]) app.all(path, () => methodNotAllowed(allow));

  app.notFound((c) => answerError(c, unknownUrl(content)));
  app.onError((error, c) => answerError(c, error));

  return { fetch: (request) => app.fetch(request) };
}

const METHODS = [
  ['/v1/chat/completions', 'POST'],
  ['/v1/responses', 'POST'],
  ['/v1/responses/:id', 'GET, HEAD, DELETE'],
  ['/v1/embeddings', 'POST'],
  ['/v1/models', 'GET, HEAD'],
  ['/v1/models/:id', 'GET, HEAD'],
] as const;

/** The methods of each path of what is stored. */
function methodsOf(content: Content | undefined): [path: string, allow: string][] {
  const methods = new Map<string, string>();
  for (const { method, path } of content?.routes ?? []) {
    const allow = method === 'GET' ? 'GET, HEAD' : method;
    methods.set(path, [methods.get(path), allow].filter((text) => text !== undefined).join(', '));
  }
  return [...methods];
}

function requireServers({ serving, servers }: GatewayOptions): void {
  const [found] = [...serving.models.values()].flat().filter(({ provider }) => provider !== 'bedrock');
  if (found === undefined || servers !== undefined) return;
  throw new Error(
    `the gateway doesn't start, because nothing here calls '${found.id}'; take the destination out of residency.yaml, or run ` +
      "it with 'eu-residency serve'",
  );
}

function methodNotAllowed(allow: string): never {
  throw new ApiError(405, 'method_not_allowed', `this path takes ${allow} only`, { headers: { allow } });
}

const unknownUrl = (content: Content | undefined) =>
  new ApiError(
    404,
    'unknown_url',
    'there is nothing at this path; this gateway has POST /v1/chat/completions, POST /v1/responses, POST /v1/embeddings, ' +
      `GET /v1/models, GET /v1/models/{id}${content === undefined ? '' : ', and what docs/COMPATIBILITY.md lists of stored content'}`,
  );
