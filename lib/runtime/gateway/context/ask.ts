import type { AnyDestination } from '../../../boundary/server';
import type { NoteRequestId } from '../../http/records/request-ids';
import { mapped } from '../../http/stream/batches';
import type { ConverseAnswer } from '../bedrock/bedrock';
import type { ModelEvent } from '../converse/model-event';
import type { ModelRequest } from '../converse/model-request';
import { readConverse, readConverseStream, usageOf } from '../converse/read-converse';
import { answerAsText, firstCallOnly, type Reshape, withoutReasoning } from '../converse/reshape';
import { ApiError } from '../errors/api-error';
import type { Prepared, Unable } from '../fit/fit';
import { prepare } from '../fit/prepare';
import type { AdmittedPolicy } from '../policy/admitted-policy';
import { allowOrRefuse, decideChatModel, namesOf } from '../routing/decide';
import { firstAnswer } from '../routing/failover';
import type { RequestContext } from './request-context';
import { type Count, tally } from './tally';

/**
 * A whole answer.
 *
 * @throws ApiError for every refusal and failure
 */
export async function ask(
  model: string,
  request: ModelRequest,
  context: RequestContext,
  signal: AbortSignal,
): Promise<readonly ModelEvent[]> {
  const { prepared, answer } = await served(model, request, context, async (destination, { converse, chat }, note) => {
    if (chat !== undefined || destination.provider !== 'bedrock')
      return context.servers.answer(destination, chat ?? request, signal, note);
    const whole = await context.upstream.converse(destination, converse, signal, note);
    return (count: Count) => {
      // First, because a malformed output has tokens too.
      count({ type: 'usage', usage: usageOf(whole) });
      return readConverse(whole);
    };
  });
  // Read only here: a malformed output of Bedrock's model isn't a failure of the destination.
  const count = tally(prepared.converse, context.log);
  const events = typeof answer === 'function' ? answer(count) : answer;
  events.forEach(count);
  context.log.generated = true;
  return reshape(events, reshapes(request, prepared, context));
}

/**
 * An answer as a stream. The promise resolves once the model has started; from then on, no other destination is tried.
 *
 * @throws ApiError for every refusal and failure before the model has started
 */
export async function askStream(
  model: string,
  request: ModelRequest,
  context: RequestContext,
  signal: AbortSignal,
): Promise<AsyncIterable<ModelEvent>> {
  const { prepared, answer } = await served(model, request, context, async (destination, prepared, note) => {
    const { converse, chat, whole } = prepared;
    if (chat !== undefined || destination.provider !== 'bedrock')
      return context.servers.stream(destination, chat ?? request, signal, note);
    if (!whole) return readConverseStream(await context.upstream.converseStream(destination, converse, signal, note));
    return atOnce(await context.upstream.converse(destination, converse, signal, note));
  });
  context.log.generated = true;
  return follow(answer, reshapes(request, prepared, context), tally(prepared.converse, context.log));
}

async function served<T>(
  model: string,
  request: ModelRequest,
  { policy, resilience, log }: RequestContext,
  call: (destination: AnyDestination, prepared: Prepared, note: NoteRequestId) => Promise<T>,
): Promise<{ prepared: Prepared; answer: T }> {
  const { alias, destinations } = allowOrRefuse(decideChatModel(policy, model), log);
  const able = new Map<AnyDestination, Prepared>();
  for (const destination of destinations) {
    const prepared = prepare(request, destination, policy, policy.caching?.get(alias));
    if (!('cannot' in prepared)) able.set(destination, prepared);
    // The model that answers is chosen by its name alone, so a parameter that its first destination can't honour is refused.
    else if (able.size === 0) throw unable(policy, request, prepared);
  }
  log.model = alias;
  const { destination, answer, requestIds } = await firstAnswer(
    [...able.keys()],
    resilience,
    (candidate, note) => call(candidate, able.get(candidate) as Prepared, note),
    (attempt) => {
      log.failedAttempts = [...(log.failedAttempts ?? []), attempt];
    },
    (one) => {
      log.skipped = [...(log.skipped ?? []), one];
    },
    policy.guardrails !== undefined,
  );
  const prepared = able.get(destination) as Prepared;
  log.destination = destination;
  log.requestIds = requestIds;
  if (prepared.ignored) log.ignored = [...(log.ignored ?? []), ...prepared.ignored];
  return { prepared, answer };
}

function unable(
  policy: AdmittedPolicy,
  request: ModelRequest,
  { cannot: param, why: given, leaves }: Unable,
): ApiError {
  const names = namesOf(policy, (name) => {
    const decision = decideChatModel(policy, name);
    const [first] = decision.allowed ? decision.destinations : [];
    return first !== undefined && !('cannot' in prepare(request, first, policy));
  });
  const instead =
    names.length > 0
      ? `inside ${policy.boundary.label}, these models can: ${names}`
      : 'no model of this deployment can';
  if (leaves) {
    return new ApiError(
      403,
      'residency_schema_refused',
      `'${param}' is refused: the provider's content commitments don't cover schemas, and this deployment doesn't ` +
        `let them leave; ${instead}`,
      { param },
    );
  }
  const why = given ?? "it can't be enforced for this model";
  return new ApiError(400, 'unsupported_value', `'${param}' can't be honoured: ${why}; ${instead}`, { param });
}

function reshapes(
  { severalCalls }: ModelRequest,
  { answerTool }: Prepared,
  { policy }: Pick<RequestContext, 'policy'>,
): Reshape[] {
  return [
    ...(policy.guardrails === undefined ? [] : [withoutReasoning]),
    ...(answerTool === undefined ? [] : [answerAsText(answerTool)]),
    ...(severalCalls ? [] : [firstCallOnly()]),
  ];
}

/** The events of an answer that can't be streamed. They are read with the stream, because an output that can't be is no failure of Bedrock. */
async function* atOnce(answer: ConverseAnswer): AsyncGenerator<ModelEvent> {
  yield* readConverse(answer);
}

const follow = (
  events: AsyncIterable<ModelEvent>,
  steps: readonly Reshape[],
  count: Count,
): AsyncIterable<ModelEvent> =>
  mapped(events, (event, out: ModelEvent[]) => {
    count(event);
    if (steps.length === 0) out.push(event);
    else out.push(...reshape([event], steps));
  });

const reshape = (events: readonly ModelEvent[], steps: readonly Reshape[]): readonly ModelEvent[] =>
  steps.reduce((list, step) => list.flatMap(step), events);
