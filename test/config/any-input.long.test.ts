import fc from 'fast-check';
import { stringify } from 'yaml';
import { readConfig } from '@/lib/config/load';
import { ConfigError } from '@/lib/config/read/config-error';
import { configKeys } from '@/scripts/pages/config-keys';
import { residencyJsonSchema } from '@/scripts/schema';
import { VALID } from './support';

const NAMES = configKeys(residencyJsonSchema()).map(({ path }) => path.replace(/^.*\./, ''));
const word = fc.oneof(
  fc.constantFrom(...NAMES),
  fc.constantFrom('eu', 'DE', 'eu-central-1', 'eu-west-2', 'assistant', '365d', 'openai.gpt-oss-120b-1:0'),
  fc.string(),
);
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    word,
    fc.double(),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(word, tie('value'), { maxKeys: 6 }),
  ),
}));
const file = fc.record(
  Object.fromEntries(Object.keys(residencyJsonSchema().properties ?? {}).map((key) => [key, value])),
  { requiredKeys: [] },
);

/** Accepted, or refused with lines that each name the file; anything else is a crash. */
function isAnswered(text: string): boolean {
  try {
    return readConfig(text, 'residency.yaml').boundary !== undefined;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const lines = error.message.split('\n');
    return lines.length === error.mistakes.length && lines.every((line) => /^residency\.yaml:\d+:\d+: \S/.test(line));
  }
}

test('any value is accepted, or refused with a message', () => {
  fc.assert(
    fc.property(fc.oneof(value, file), (any) => isAnswered(stringify(any))),
    { numRuns: 500 },
  );
});

test('any text is accepted, or refused with a message', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), isAnswered), { numRuns: 500 });
});

test('a damaged file is accepted, or refused with a message', () => {
  const damage = fc.record({
    at: fc.nat(VALID.length),
    cut: fc.nat(12),
    put: fc.oneof(
      fc.constantFrom('\t', '- ', ': ', '[', '{', '&a ', '*a', '!!set ', '"', '\n', '<<: ', '~'),
      fc.string(),
    ),
  });
  fc.assert(
    fc.property(damage, ({ at, cut, put }) => isAnswered(VALID.slice(0, at) + put + VALID.slice(at + cut))),
    { numRuns: 500 },
  );
});
