import type { Destination } from '../../../boundary/destination';
import type { AnyDestination } from '../../../boundary/server';
import { abortWith } from '../../http/abort-with';
import { parseRequest } from '../../http/parse-request';
import { readJson } from '../../http/read-json';
import type { NoteRequestId } from '../../http/records/request-ids';
import type { Tokens } from '../../http/records/request-log';
import type { RequestContext, Upstream } from '../context/request-context';
import { isCount } from '../context/tally';
import { ApiError } from '../errors/api-error';
import { BYTES_A_TOKEN } from '../files/file-tokens';
import { withoutDefaults } from '../parameters/parameter';
import type { AdmittedPolicy } from '../policy/admitted-policy';
import { allowOrRefuse, decideModelFor, servedNames } from '../routing/decide';
import { firstAnswer } from '../routing/failover';
import { type Embedder, embedderOf, type InputType } from './embedder';
import { EMBEDDING_PARAMETERS, embeddingRequest } from './parameters';

/** Concurrent calls of one request: enough for a fast answer to a list, few enough that one client doesn't exhaust a quota. */
const CALLS_AT_ONCE = 8;

/**
 * Serves `POST /v1/embeddings`.
 *
 * @throws ApiError for every refusal
 */
export async function serveEmbeddings(request: Request, context: RequestContext): Promise<Response> {
  const { policy, resilience, log } = context;
  const body = withoutDefaults(EMBEDDING_PARAMETERS, await readJson(request), policy.keepsContent);
  refuseTokens(body.input);
  const { model, input, dimensions, encoding_format, input_type } = parseRequest(embeddingRequest, body, [
    'model',
    'input',
  ]);
  const decision = decideModelFor(policy, model, embeds, 'not-for-embeddings', "the model doesn't embed text");
  const { alias, destinations } = allowOrRefuse(decision, log);
  const [{ modelId, provider }] = destinations as [AnyDestination];
  if (provider === 'bedrock') requireDimensions(policy, embedderOf(modelId) as Embedder, dimensions);
  log.model = alias;
  const distinguishes = provider === 'bedrock' && embedderOf(modelId)?.distinguishes;
  if (input_type !== undefined && !distinguishes) log.ignored = ['input_type'];
  const texts = typeof input === 'string' ? [input] : input;
  const { signal } = abortWith(request.signal);
  // Kept from one attempt to the next: only what failed is sent again.
  const answers: EmbeddingAnswer[] = [];
  const { destination, answer, requestIds } = await firstAnswer(
    // The client can't compare vectors of another model with those that it has.
    destinations.filter((candidate) => candidate.modelId === modelId),
    resilience,
    (candidate, note) =>
      candidate.provider === 'bedrock'
        ? embed({
            upstream: context.upstream,
            destination: candidate,
            texts,
            dimensions,
            inputType: input_type,
            signal,
            note,
            answers,
          })
        : context.servers.embed(candidate, texts, dimensions, signal, note),
    (attempt) => {
      log.failedAttempts = [...(log.failedAttempts ?? []), attempt];
    },
    (one) => {
      log.skipped = [...(log.skipped ?? []), one];
    },
  );
  log.destination = destination;
  log.requestIds = requestIds;
  log.tokens = tokensOf(answer.tokens, texts);
  return Response.json({
    object: 'list',
    data: answer.vectors.map((vector, index) => ({
      object: 'embedding',
      index,
      embedding: encoding_format === 'base64' ? toBase64(vector) : vector,
    })),
    model: alias,
    usage: { prompt_tokens: log.tokens.prompt, total_tokens: log.tokens.prompt },
  });
}

/** The tokens that the provider reports; an estimate if it reports what can't be their number. */
function tokensOf(reported: number, texts: readonly string[]): Tokens {
  if (isCount(reported)) return { prompt: reported, completion: 0, cached: 0 };
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  return { prompt: Math.ceil(bytes / BYTES_A_TOKEN), completion: 0, cached: 0, estimated: true };
}

type EmbeddingAnswer = ReturnType<Embedder['read']>;

interface Embedding {
  readonly upstream: Upstream;
  readonly destination: Destination;
  readonly texts: readonly string[];
  readonly dimensions: number | undefined;
  readonly inputType: InputType | undefined;
  readonly signal: AbortSignal;
  readonly note: NoteRequestId;
  /** The answer to each batch of texts, as far as earlier attempts have it. */
  readonly answers: EmbeddingAnswer[];
}

async function embed({ upstream, destination, texts, dimensions, inputType, signal, note, answers }: Embedding) {
  const embedder = embedderOf(destination.modelId) as Embedder;
  const batches = Array.from({ length: Math.ceil(texts.length / embedder.batch) }, (_, index) =>
    texts.slice(index * embedder.batch, (index + 1) * embedder.batch),
  );
  let next = 0;
  const work = async () => {
    for (let index = next++; index < batches.length; index = next++) {
      if (answers[index] !== undefined) continue;
      const batch = batches[index] as string[];
      const body = embedder.body(batch, dimensions, inputType);
      const answer = embedder.read(await upstream.invoke(destination, body, signal, note));
      if (answer.vectors.length !== batch.length)
        throw new Error('the number of vectors differs from the number of texts');
      answers[index] = answer;
    }
  };
  const stop = (error: unknown) => {
    // After a failure, the other workers start no further call.
    next = batches.length;
    throw error;
  };
  // The calls in progress are awaited, because an attempt after this one needs no answer that they bring.
  const ends = await Promise.allSettled(Array.from({ length: CALLS_AT_ONCE }, () => work().catch(stop)));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  return {
    vectors: answers.flatMap(({ vectors }) => vectors),
    tokens: answers.reduce((sum, { tokens }) => sum + tokens, 0),
  };
}

const embeds = (destination: AnyDestination) =>
  destination.provider === 'bedrock' ? embedderOf(destination.modelId) !== undefined : destination.kind === 'embedding';

function refuseTokens(input: unknown): void {
  if (!Array.isArray(input) || !input.some((item) => typeof item === 'number' || Array.isArray(item))) return;
  throw new ApiError(
    400,
    'unsupported_value',
    "'input' must be a text or a list of texts: a list of tokens belongs to an OpenAI model and is meaningless to this one; " +
      "send the text itself (in LangChain, set 'check_embedding_ctx_length=False'; other clients have a similar setting)",
    { param: 'input' },
  );
}

function requireDimensions(policy: AdmittedPolicy, embedder: Embedder, dimensions: number | undefined): void {
  if (dimensions === undefined || embedder.dimensions.includes(dimensions)) return;
  const param = 'dimensions';
  if (embedder.dimensions.length > 0) {
    const message = `'${param}' may only be ${embedder.dimensions.join(' or ')} for this model`;
    throw new ApiError(400, 'unsupported_value', message, { param });
  }
  const names = servedNames(policy, ({ modelId }) => (embedderOf(modelId)?.dimensions.length ?? 0) > 0);
  throw new ApiError(
    400,
    'unsupported_parameter',
    `'${param}' can't be chosen for this model; leave it out${names === '' ? '' : `, or use ${names}`}`,
    { param },
  );
}

const toBase64 = (vector: readonly number[]) => {
  const bytes = Buffer.alloc(vector.length * 4);
  vector.forEach((value, index) => {
    bytes.writeFloatLE(value, index * 4);
  });
  return bytes.toString('base64');
};
