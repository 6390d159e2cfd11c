import type { FactLayer, FactOrigin, TableName } from './layers';
import type { BedrockApiFact, ModelFact, ModelRetentionFact, ModelTraitsFact, OnDemandModelFact } from './model-facts';
import { MODEL_KINDS } from './model-kinds';
import type { HostFact, ProfileFact, ProviderFact, Sourced } from './types';

/** Whether a value has the form of a field, and the form in words. */
interface Form {
  readonly words: string;
  readonly fits: (value: unknown) => boolean;
}

type Forms<T> = Readonly<Record<keyof T, Form>>;

const MAX_TEXT = 500;
const isText = (value: unknown): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= MAX_TEXT && !/\p{Cc}/u.test(value);
const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isCount = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0;
/** A day that exists: `Date.parse` reads 31 February as a day of March. */
const isDay = (value: unknown) =>
  typeof value === 'string' &&
  /^\d{4}-\d\d-\d\d$/.test(value) &&
  !Number.isNaN(Date.parse(value)) &&
  new Date(value).toISOString().startsWith(value);
const listOf = (fits: (value: unknown) => boolean) => (value: unknown) => Array.isArray(value) && value.every(fits);

const text: Form = { words: `a text of at most ${MAX_TEXT} characters`, fits: isText };
const flag: Form = { words: 'true or false', fits: (value) => typeof value === 'boolean' };
const count: Form = { words: 'a whole number', fits: isCount };
const day: Form = { words: 'a date such as 2027-04-08', fits: isDay };
/** Every rule is true of each place in an empty list, so an empty list would allow anything. */
const texts: Form = {
  words: 'a list of texts, at least one',
  fits: (value) => listOf(isText)(value) && (value as unknown[]).length > 0,
};
const orNull = ({ words, fits }: Form): Form => ({
  words: `${words}, or null`,
  fits: (value) => value === null || fits(value),
});
const one = (...values: readonly string[]): Form => ({
  words: values.join(', '),
  fits: (value) => values.includes(value as string),
});

const SOURCED: Forms<Sourced> = {
  source: text,
  asOf: {
    words: 'a date such as 2026-11-30 or 2026-11',
    fits: (value) => isText(value) && (isDay(value) || /^\d{4}(-(0[1-9]|1[0-2]))?$/.test(value)),
  },
  confidence: one('high', 'medium', 'low'),
};
const KIND = one(...MODEL_KINDS);

const FORMS: {
  readonly profiles: Forms<ProfileFact>;
  readonly onDemandModels: Forms<OnDemandModelFact>;
  readonly modelRetention: Forms<ModelRetentionFact>;
  readonly models: Forms<ModelFact>;
  readonly modelTraits: Forms<ModelTraitsFact>;
  readonly bedrockApis: Forms<BedrockApiFact>;
  readonly hosts: Forms<HostFact>;
  readonly providers: Forms<ProviderFact>;
} = {
  profiles: {
    id: text,
    kind: one('inference', 'guardrail', 'data-automation'),
    prefix: text,
    modelId: orNull(text),
    routes: orNull({
      words: 'Regions, each with a list of Regions',
      fits: (value) => isMap(value) && Object.entries(value).every(([from, to]) => isText(from) && texts.fits(to)),
    }),
    status: one('listed', 'disputed', 'likely-retired'),
    ...SOURCED,
  },
  onDemandModels: { modelId: text, kind: KIND, regions: texts, ...SOURCED },
  modelRetention: {
    modelId: text,
    underNone: one('served', 'blocked', 'unknown'),
    days: orNull(count),
    keeper: orNull(text),
    what: text,
    ...SOURCED,
  },
  models: {
    modelId: text,
    name: text,
    maker: text,
    kind: KIND,
    releasedAt: orNull(day),
    legacyFrom: orNull(day),
    endsAt: orNull(day),
    endsNotBefore: orNull(day),
    ...SOURCED,
  },
  modelTraits: {
    modelId: text,
    sampling: orNull(one('both', 'one', 'none')),
    stopSequences: orNull(count),
    system: orNull(flag),
    reasoning: orNull(one('none', 'off', 'on', 'always')),
    effort: orNull({
      words: "'by', 'values', 'alone' and 'hidden'",
      fits: (value) =>
        isMap(value) &&
        one('adaptive', 'thinking-budget', 'reasoning-effort', 'reasoning-config', 'nova-reasoning').fits(value.by) &&
        texts.fits(value.values) &&
        listOf(isText)(value.alone) &&
        flag.fits(value.hidden),
    }),
    reasoningBack: orNull(one('signed', 'unsigned', 'none')),
    structuredOutput: flag,
    tools: flag,
    strictTools: orNull(flag),
    forcedTools: one('named', 'any', 'none'),
    forcedToolsWithReasoning: orNull(flag),
    streamedTools: orNull(flag),
    prefill: orNull(flag),
    cachePoints: orNull({
      words: "'fields', 'minTokens', 'most' and 'ttl'",
      fits: (value) =>
        isMap(value) &&
        listOf(one('system', 'tools', 'messages').fits)(value.fields) &&
        isCount(value.minTokens) &&
        isCount(value.most) &&
        listOf(one('5m', '1h').fits)(value.ttl),
    }),
    images: flag,
    documents: orNull(flag),
    contextWindow: orNull(count),
    maxOutput: orNull(count),
    defaultOutput: orNull(count),
    ...SOURCED,
  },
  bedrockApis: {
    api: one('chat-completions'),
    promise: one('retention', 'routing'),
    holds: flag,
    what: text,
    ...SOURCED,
  },
  hosts: {
    provider: text,
    name: text,
    host: text,
    countries: orNull(texts),
    euOnly: flag,
    processingScope: text,
    ...SOURCED,
  },
  providers: {
    provider: text,
    host: text,
    days: orNull(count),
    daysDefault: orNull(count),
    keptAnyway: text,
    europeMeans: text,
    ...SOURCED,
  },
};

/** The names of the tables that can be renewed. */
export const TABLE_NAMES = Object.keys(FORMS) as readonly TableName[];

/**
 * What is wrong with tables of unknown origin, in one sentence without a full stop; none if every row has exactly the fields of its
 * table.
 *
 * @param tables only tables of {@link TABLE_NAMES}, each a list of rows
 */
export function wrongTables(tables: Readonly<Record<string, unknown>>): string | undefined {
  for (const [name, rows] of Object.entries(tables)) {
    if (!Object.hasOwn(FORMS, name)) return `'${printable(name)}' is not a table; allowed: ${TABLE_NAMES.join(', ')}`;
    if (!Array.isArray(rows)) return `'${name}' must be a list of rows`;
    const forms = FORMS[name as TableName] as Readonly<Record<string, Form>>;
    for (const [index, row] of rows.entries()) {
      const wrong = wrongRow(forms, row);
      if (wrong !== undefined) return `'${name}[${index}]${wrong}`;
      if (name === 'profiles' && !namesItsModel(row as ProfileFact)) {
        return `'${name}[${index}].id' must be its 'prefix', a dot and its 'modelId'`;
      }
    }
  }
  return undefined;
}

/** A profile of one model under the name of another would be checked by what the wrong provider retains. */
const namesItsModel = ({ kind, id, prefix, modelId }: ProfileFact) =>
  id.startsWith(`${prefix}.`) && (kind !== 'inference' || modelId === null || id === `${prefix}.${modelId}`);

/** The rest of a sentence that begins with the path of the row. */
function wrongRow(forms: Readonly<Record<string, Form>>, row: unknown): string | undefined {
  if (!isMap(row)) return "' must be a mapping";
  const unknown = Object.keys(row).find((key) => !Object.hasOwn(forms, key));
  if (unknown !== undefined) return `' has the unknown key '${printable(unknown)}'`;
  for (const [key, { words, fits }] of Object.entries(forms)) {
    if (!fits(row[key])) return `.${key}' must be ${words}`;
  }
  return undefined;
}

const printable = (name: string) => (/^[\w.-]{1,60}$/.test(name) ? name : '(not shown)');

/** The tables that an owner can renew by admitting a model: none of them says anything of another provider's hosts. */
const ADMITTED_TABLES: readonly string[] = [
  'profiles',
  'onDemandModels',
  'modelRetention',
  'models',
  'modelTraits',
] satisfies readonly TableName[];

/** Whether a value is a list of layers, as policies carry them. */
export function areLayers(value: unknown): value is readonly FactLayer[] {
  return (
    Array.isArray(value) &&
    value.every((layer) => {
      if (!isMap(layer) || !isOrigin(layer.origin)) return false;
      const { origin, ...tables } = layer;
      const { kind } = origin as FactOrigin;
      const isAllowed = kind === 'release' || Object.keys(tables).every((name) => ADMITTED_TABLES.includes(name));
      return isAllowed && wrongTables(tables) === undefined;
    })
  );
}

function isOrigin(value: unknown): boolean {
  if (!isMap(value)) return false;
  const { kind, ...rest } = value;
  const keys = Object.keys(rest).sort().join();
  if (kind === 'release') return keys === 'version' && isCount(rest.version);
  return (
    kind === 'admitted' &&
    keys === 'approvedBy,expires,reason,requestedBy' &&
    isDay(rest.expires) &&
    [rest.approvedBy, rest.reason, rest.requestedBy].every(isText) &&
    rest.approvedBy !== rest.requestedBy
  );
}
