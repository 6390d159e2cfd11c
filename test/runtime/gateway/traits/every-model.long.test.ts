import { CHAT_PARAMETERS } from '@/lib/runtime/gateway/chat/parameters';
import { RESPONSE_PARAMETERS } from '@/lib/runtime/gateway/items/parameters';
import type { ParameterTable } from '@/lib/runtime/gateway/parameters/parameter';
import { errorOf, post } from '../support/gateway';
import { TRAITS } from '../support/strict-bedrock';
import { MODELS, StrictModels } from '../support/strict-models';
import { CHAT_SAMPLES, LEAST, RESPONSE_SAMPLES, type Sample } from './samples';

const strict = new StrictModels();

/** The answer to a sample. */
const answerTo = (modelId: string, endpoint: keyof typeof LEAST, body: object) =>
  strict.fetch(modelId, post(endpoint, { ...LEAST[endpoint], model: 'assistant', ...body }));

const counts = { arrived: 0, listed: 0, refused: 0 };

/** What is wrong with the gateway's treatment of a sample for a model; undefined if nothing is. */
async function problemWith(model: string, endpoint: keyof typeof LEAST, sample: Sample): Promise<string | undefined> {
  const row = TRAITS.get(model);
  const names = [sample.of, ...(sample.names ?? [])];
  const response = await answerTo(model, endpoint, sample.body);
  const { sent, complaint } = strict;
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
        const response = await answerTo(MODELS[0] ?? '', endpoint, { [name]: value });
        if (allowed.includes(value))
          expect([response.status, JSON.stringify(strict.sent)]).toEqual([
            200,
            expect.not.stringContaining(`"${name}"`),
          ]);
        else expect(await errorOf(response)).toMatchObject({ status: 400, param: name });
      }
    },
  );
});

/** Honoured by the gateway's own stores, which other tests cover. */
const NOT_FOR_MODELS = ['model', 'store', 'previous_response_id', 'conversation', 'prompt', 'truncation', 'background'];

afterAll(() => {
  const { arrived, listed, refused } = counts;
  process.stdout.write(
    `parameters of ${MODELS.length} models: ${arrived} arrived, ${listed} listed as ignored, ${refused} refused by name\n`,
  );
});
