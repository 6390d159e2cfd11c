import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { likelyKind } from '@/lib/boundary/model-kind';
import { MODEL_TRAITS } from '@/lib/facts/generated/model-traits';
import { PACKAGED } from '@/lib/facts/packaged';
import { createGateway } from '@/lib/runtime/gateway/app';
import type { ConverseRequest } from '@/lib/runtime/gateway/bedrock/bedrock';
import { writeBytes } from '@/lib/runtime/gateway/bedrock/bedrock-bytes';
import { BedrockFailure } from '@/lib/runtime/gateway/bedrock/bedrock-failure';
import { CHAT_PARAMETERS } from '@/lib/runtime/gateway/chat/parameters';
import type { Upstream } from '@/lib/runtime/gateway/context/request-context';
import { RESPONSE_PARAMETERS } from '@/lib/runtime/gateway/items/parameters';
import type { ParameterTable } from '@/lib/runtime/gateway/parameters/parameter';
import type { FetchHandler } from '@/lib/runtime/http/handler/request-env';
import { ANSWER } from '../support/fake-bedrock';
import { errorOf, NO_BEDROCK, post } from '../support/gateway';
import { speech } from '../support/scripted-bedrock';
import { complaintAbout, TRAITS } from '../support/strict-bedrock';
import { CHAT_SAMPLES, LEAST, RESPONSE_SAMPLES, type Sample } from './samples';

/** The day of this test, by which some models have ended. */
const TODAY = '2026-11-30';

/** Every chat model that Bedrock serves, and whose row counts: a row of low confidence allows nothing. */
const MODELS = MODEL_TRAITS.filter(({ confidence }) => confidence !== 'low')
  .map(({ modelId }) => modelId)
  .filter((modelId) => ['text', 'safeguard'].includes(likelyKind(PACKAGED, modelId)))
  .filter((modelId) => (PACKAGED.model(modelId)?.endsAt ?? '9999-99-99') > TODAY);

let sent: unknown;
let complaint: string | undefined;
/** What a request would be on the wire, and whether Bedrock would refuse it. */
function receive(operation: string, model: string, request: ConverseRequest): void {
  const body = JSON.parse(JSON.stringify(writeBytes(request)));
  sent = body;
  complaint = complaintAbout({ operation, model, body }, TODAY)?.message;
  if (complaint !== undefined) throw new BedrockFailure('ValidationException', 400);
}
const upstream: Upstream = {
  ...NO_BEDROCK,
  converse: async ({ id }, request) => {
    receive('converse', id, request);
    return JSON.parse(ANSWER.body);
  },
  converseStream: async ({ id }, request) => {
    receive('converse-stream', id, request);
    return events();
  },
};
async function* events() {
  for (const [name, payload] of speech('Guten Tag') as [string, object][]) yield { [name]: payload } as never;
}

/** A gateway for each model, whose only model it is. */
const gateways = new Map(MODELS.map((modelId) => [modelId, gatewayFor(modelId)]));
function gatewayFor(modelId: string): FetchHandler {
  const regions = ['eu-central-1'];
  const destination = {
    provider: 'bedrock',
    id: modelId,
    modelId,
    throughProfile: false,
    sourceRegion: 'eu-central-1',
    regions,
  } as const;
  return createGateway({
    policy: {
      boundary: ResidencyBoundary.eu(),
      keepsContent: true,
      tenant: { kind: 'workspace', ids: ['sciences'] },
      models: new Map([['assistant', [destination]]]),
      projects: new Map(),
    },
    upstream,
    record: () => {},
  });
}

/** The answer to a sample. */
const answerTo = (modelId: string, endpoint: keyof typeof LEAST, body: object) =>
  (gateways.get(modelId) as FetchHandler).fetch(post(endpoint, { ...LEAST[endpoint], model: 'assistant', ...body }));

const counts = { arrived: 0, listed: 0, refused: 0 };

/** What is wrong with the gateway's treatment of a sample for a model; undefined if nothing is. */
async function problemWith(model: string, endpoint: keyof typeof LEAST, sample: Sample): Promise<string | undefined> {
  const row = TRAITS.get(model);
  const names = [sample.of, ...(sample.names ?? [])];
  sent = undefined;
  complaint = undefined;
  const response = await answerTo(model, endpoint, sample.body);
  if (response.status !== 200) {
    const { status, param, message } = await errorOf(response);
    if (complaint !== undefined) return `Bedrock refused it: ${complaint}`;
    if (status !== 400 || !names.includes(param)) return `refused as '${param}': ${message}`;
    if (sample.accepted(row)) return `refused, although the model accepts it: ${message}`;
    counts.refused += 1;
    return undefined;
  }
  if (sample.body.stream === true) await response.text();
  const ignored = response.headers.get('x-residency-ignored')?.split(', ') ?? [];
  if (ignored.length > 0 && sample.accepted(row)) return `ignored, although the model accepts it: ${ignored}`;
  if (ignored.some((name) => !names.includes(name))) return `another parameter is ignored: ${ignored}`;
  if (ignored.length === 0 && !sample.accepted(row)) return 'answered, although the model does not accept it';
  if (!sample.arrived(sent, row)) return `it did not arrive: ${JSON.stringify(sent)}`;
  counts[ignored.length > 0 ? 'listed' : 'arrived'] += 1;
  return undefined;
}

describe.each([
  ['chat/completions', CHAT_SAMPLES, CHAT_PARAMETERS],
  ['responses', RESPONSE_SAMPLES, RESPONSE_PARAMETERS],
] as const)('%s', (endpoint, samples, table: ParameterTable) => {
  test.each(samples.map((sample) => [sample.name, sample] as const))(
    'each model gets %s, or the gateway refuses or lists it',
    async (_, sample) => {
      const problems: string[] = [];
      for (const model of MODELS) {
        const problem = await problemWith(model, endpoint, sample);
        if (problem !== undefined) problems.push(`${model}: ${problem}`);
      }
      expect(problems).toEqual([]);
    },
  );

  test('each parameter of the table has a sample, unless it reaches no model', () => {
    const sampled = new Set(samples.map(({ of }) => of));
    const missing = Object.entries(table)
      .filter(([name, row]) => row.kind === 'honoured' && !sampled.has(name) && !NOT_FOR_MODELS.includes(name))
      .map(([name]) => name);
    expect(missing).toEqual([]);
  });

  test.each(Object.entries(table).filter(([, row]) => row.kind === 'fixed'))(
    'no model is sent %s',
    async (name, row) => {
      const allowed = row.kind === 'fixed' ? row.allowed : [];
      for (const value of [...allowed, 'another value']) {
        sent = undefined;
        const response = await answerTo(MODELS[0] ?? '', endpoint, { [name]: value });
        if (allowed.includes(value))
          expect([response.status, JSON.stringify(sent)]).toEqual([200, expect.not.stringContaining(`"${name}"`)]);
        else expect(await errorOf(response)).toMatchObject({ status: 400, param: name });
      }
    },
  );
});

/** Honoured by the gateway's own stores, which other tests cover. */
const NOT_FOR_MODELS = ['model', 'store', 'previous_response_id', 'conversation', 'prompt', 'truncation'];

afterAll(() => {
  const { arrived, listed, refused } = counts;
  process.stdout.write(
    `parameters of ${MODELS.length} models: ${arrived} arrived, ${listed} listed as ignored, ${refused} refused by name\n`,
  );
});
