import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { answerError, type RecordingOptions, recording } from '../http/handler/recording';
import type { FetchHandler } from '../http/handler/request-env';
import { JsonAnswer } from '../http/json-answer';
import type { Route } from '../http/records/record-names';
import { serveChat } from './chat/serve-chat';
import { type Content, requireOwner, requireToken } from './context/content';
import { guarded } from './context/guarded';
import { linkAdmitted } from './context/link-admitted';
import type { RequestContext, Upstream } from './context/request-context';
import { serveEmbeddings } from './embeddings/serve-embeddings';
import type { FoundFile } from './files/found-file';
import type { InputItem } from './items/items';
import type { ResponseRequest } from './items/parameters';
import type { PromptReference } from './items/prompt-reference';
import type { Limits } from './limits/limits';
import { toErrorResponse } from './messages/message-error';
import { isAnthropics, withRequestId } from './messages/message-paths';
import { toModelInfo, toModelInfos } from './messages/model-list';
import { serveCountTokens, serveMessages } from './messages/serve-messages';
import { NO_SERVERS, type Servers } from './openai/servers';
import { methodNotAllowed, methodsOf, RESPONSE, RESPONSE_METHODS, USAGE, unknownUrl } from './paths';
import type { AdmittedPolicy } from './policy/admitted-policy';
import type { GatewayEnv } from './policy/gateway-env';
import { probeBy } from './probe';
import type { ProviderWatch } from './providers/provider-watch';
import { serveInputTokens } from './responses/serve-input-tokens';
import { refuseStoredResponse, serveResponses } from './responses/serve-responses';
import { allowOrRefuse, decideChatModel } from './routing/decide';
import { inForce } from './routing/in-force';
import { getModel, listModels } from './routing/models';
import { Resilience, type ResilienceOptions } from './routing/resilience';

/** The parts of a gateway. Tests can fix the clock and the IDs. */
export interface GatewayOptions extends RecordingOptions {
  readonly policy: AdmittedPolicy;
  readonly upstream: Upstream;
  /**
   * The client of destinations other than Bedrock.
   *
   * @default - none, and a policy with such a destination is refused
   */
  readonly servers?: Servers;
  /**
   * Runs before every route, so that it is part of the record: it may set the tenant of the request log, narrow the policy, add headers,
   * or throw an ApiError.
   *
   * @default - none
   */
  readonly middleware?: readonly MiddlewareHandler<GatewayEnv>[];
  /**
   * What the owners of a request's limits used.
   *
   * @default - the gateway has no path for it
   */
  readonly usage?: Limits['usage'];
  /**
   * The store of a workspace's content.
   *
   * @default - nothing is stored
   */
  readonly content?: Content;
  /**
   * What takes providers out of use that refuse the gateway.
   *
   * @default - none ever is
   */
  readonly providers?: ProviderWatch;
  /** @default - the defaults of ResilienceOptions */
  readonly resilience?: ResilienceOptions;
  /**
   * How long a stream may be silent before a comment keeps it open.
   *
   * @default 15 000
   */
  readonly heartbeatMs?: number;
}

/** The routes that the gateway serves itself, by their names in records and metrics. */
export type GatewayRoute =
  | 'chat.completions'
  | 'responses'
  | 'responses.input_tokens'
  | 'messages'
  | 'messages.count_tokens'
  | 'embeddings'
  | 'models'
  | 'usage';

declare module '../http/records/record-names' {
  interface Routes extends Record<GatewayRoute, true> {}
}

type Served = Context<GatewayEnv>;

/** The gateway of one deployment, with OpenAI's API and Anthropic's. A path that isn't listed here gets a 404 and is never forwarded. */
export function createGateway(options: GatewayOptions): FetchHandler {
  const { upstream, content, usage, servers = NO_SERVERS, heartbeatMs = 15_000, now = () => new Date() } = options;
  requireServers(options);
  const served = { content, hasUsage: usage !== undefined };
  const { providers } = options;
  const resilience = new Resilience(options.resilience, providers);
  // Some clients end a path with a slash.
  const app = new Hono<GatewayEnv>({ strict: false });

  app.use(recording({ ...options, link: linkAdmitted(options.link, content) }));
  app.use(withRequestId);
  app.use((c, next) => {
    c.set('policy', options.policy);
    return next() as Promise<undefined>;
  });
  for (const middleware of options.middleware ?? []) app.use(middleware);
  if (providers !== undefined) {
    app.use(async (c, next) => {
      await providers.refresh();
      await next();
      const policy = inForce(c.get('policy'), c.get('time'));
      const probe = probeBy({ policy, servers, upstream: guarded(upstream, policy.guardrails) });
      providers.check(probe, [...policy.models.values()].flat());
    });
  }

  const route = (c: Served, name: Route): RequestContext => {
    const log = c.get('log');
    log.route = name;
    const time = c.get('time');
    const member = c.get('member');
    const policy = inForce(c.get('policy'), time);
    const begin =
      content &&
      (async (requested: ResponseRequest, before: readonly InputItem[], shared?: ReadonlyMap<string, FoundFile>) => {
        const turn = await content.begin(requireOwner(member), requested, before, shared);
        log.isAdmitted = true;
        return turn;
      });
    const items = content && ((ids: readonly string[]) => content.items(requireOwner(member), ids));
    const file = content && ((id: string) => content.file(requireOwner(member), id));
    const prompt = content && ((reference: PromptReference) => content.prompt(requireOwner(member), reference));
    return {
      policy,
      upstream: guarded(upstream, policy.guardrails),
      servers,
      resilience,
      requestId: c.get('requestId'),
      time,
      now,
      heartbeatMs,
      log,
      begin,
      items,
      file,
      prompt,
    };
  };
  /** The paths of content, responses included, admit members themselves. */
  const admitted = async (c: Served, name: Route): Promise<RequestContext> => {
    const context = route(c, name);
    const member = c.get('member');
    if (member?.role === 'member' && content !== undefined) {
      await content.admit(member);
      context.log.isAdmitted = true;
    }
    return context;
  };
  app.post('/v1/chat/completions', async (c) => serveChat(c.req.raw, await admitted(c, 'chat.completions')));
  app.post('/v1/responses', (c) => serveResponses(c.req.raw, route(c, 'responses')));
  app.post(RESPONSE, async (c) => {
    const context = await admitted(c, 'responses.input_tokens');
    if (INPUT_TOKENS.test(c.req.path)) return serveInputTokens(c.req.raw, context);
    return UNSERVED.test(c.req.path) ? answered(c, unknownUrl(served)) : methodNotAllowed(RESPONSE_METHODS);
  });
  app.post('/v1/messages', async (c) => serveMessages(c.req.raw, await admitted(c, 'messages')));
  app.post('/v1/messages/count_tokens', async (c) =>
    serveCountTokens(c.req.raw, await admitted(c, 'messages.count_tokens')),
  );
  app.post('/v1/embeddings', async (c) => serveEmbeddings(c.req.raw, await admitted(c, 'embeddings')));
  app.get('/v1/models', async (c) => {
    const list = listModels((await admitted(c, 'models')).policy);
    return c.json(isAnthropics(c.req) ? toModelInfos(list.data) : list);
  });
  app.get('/v1/models/:id', async (c) => {
    const entry = getModel((await admitted(c, 'models')).policy, c.req.param('id'));
    return c.json(isAnthropics(c.req) ? toModelInfo(entry) : entry);
  });
  if (usage !== undefined) {
    app.get(USAGE, async (c) => {
      await admitted(c, 'usage');
      return new JsonAnswer(await usage(c.var, c.get('time')));
    });
  }
  for (const { method, path, route: name, generated, needsToken, serve } of content?.routes ?? []) {
    app.on(method, path, async (c) => {
      const { policy, log } = route(c, name);
      log.generated = generated;
      const requireModel = (model: string) => void allowOrRefuse(decideChatModel(policy, model), log);
      const member = requireOwner(c.var.member);
      if (needsToken) requireToken(member);
      const answer = await serve({ request: c.req.raw, params: c.req.param(), member, requireModel });
      log.isAdmitted = true;
      return answer;
    });
  }
  if (content === undefined) {
    app.get(RESPONSE, (c) => refuseStoredResponse(route(c, 'responses')));
    app.delete(RESPONSE, (c) => refuseStoredResponse(route(c, 'responses')));
  }
  for (const [path, allow] of methodsOf(served)) {
    app.all(path, () => methodNotAllowed(allow));
  }

  app.notFound((c) => answered(c, unknownUrl(served)));
  app.onError((error, c) => answered(c, error));

  return { fetch: (request) => app.fetch(request) };
}

/**
 * Their last segment isn't an ID. They have no routes of their own, because a path that matches two routes would make the router search for
 * every request.
 */
const INPUT_TOKENS = /^\/v1\/responses\/input_tokens\/?$/;
/** OpenAI has this path, the gateway doesn't. */
const UNSERVED = /^\/v1\/responses\/compact\/?$/;

/** The answer to an error, in the form of the API that the request belongs to. */
const answered = (c: Served, error: Error): Response =>
  isAnthropics(c.req)
    ? answerError(c, error, (known) => toErrorResponse(known, c.get('requestId')))
    : answerError(c, error);

function requireServers({ policy, servers }: GatewayOptions): void {
  const [other] = [...policy.models.values()].flat().filter((one) => one.provider !== 'bedrock' || one.api);
  if (other === undefined || servers !== undefined) return;
  throw new Error(
    `the gateway doesn't start, because it can't call '${other.id}'; remove the destination from residency.yaml, or run ` +
      "the gateway with 'eu-residency serve'",
  );
}
