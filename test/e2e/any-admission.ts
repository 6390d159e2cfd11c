import fc from 'fast-check';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { decideDestination } from '@/lib/boundary/destination';
import { withLayers } from '@/lib/boundary/facts-of';
import { admittedLayers } from '@/lib/config/admitted-layers';
import { checkAdmitted } from '@/lib/config/checks/admitted';
import { readConfig } from '@/lib/config/load';
import { ConfigError } from '@/lib/config/read/config-error';
import type { AdmittedRow } from '@/lib/config/schema/admitted-schema';
import type { GatewayPolicy } from '@/lib/contract/policies/gateway-policy';
import { PROFILES } from '@/lib/facts/generated/profiles';
import { REGIONS } from '@/lib/facts/generated/regions';
import type { FactLayer } from '@/lib/facts/layers';
import { PACKAGED } from '@/lib/facts/packaged';
import { checkTemplate } from '@/lib/guard/check/check-template';
import { NO_DECLARATIONS } from '@/lib/guard/declarations/declarations';
import { blocks } from '@/lib/guard/finding';
import { parseTemplate } from '@/lib/guard/template/parse';
import { bedrockStatements } from '@/lib/perimeter/bedrock-statements';
import { admitPolicy } from '@/lib/runtime/gateway/policy/admitted-policy';
import { parsePolicy } from '@/lib/runtime/gateway/policy/policy';
import { parseHookPolicy } from '@/lib/runtime/hook/policy';
import { checkOperation } from '@/lib/runtime/hook/verdict';
import { ANSWER, scriptedBedrock } from '../runtime/gateway/support/fake-bedrock';
import { chat, gatewayFor, HELLO } from '../runtime/gateway/support/gateway';
import { ADMITTED, ADMITTED_NOW } from '../support/admitted';

/** The Regions inside each boundary, written out: what decides mustn't be decided by the code under test. */
const INSIDE: Readonly<Record<string, readonly string[]>> = {
  eu: ['eu-central-1', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-3', 'eusc-de-east-1'],
  'DE,FR': ['eu-central-1', 'eu-west-3', 'eusc-de-east-1'],
  'eu-central-1,eu-north-1': ['eu-central-1', 'eu-north-1'],
};

/** The parts of the system that could let a request out. */
export const PARTS = ['config', 'guard', 'IAM', 'gateway', 'hook'] as const;
type Part = (typeof PARTS)[number];

/** How often each part allowed a profile inside the boundary, and refused one that isn't. */
export type Counts = Readonly<Record<Part, { inside: number; refused: number }>>;

const inEu = fc.constantFrom(...(INSIDE.eu as string[]));
const anywhere = fc.constantFrom(...REGIONS.map(({ code }) => code), 'eu-west-9', 'mars-north-1', '*', '');
const region = fc.oneof({ weight: 12, arbitrary: inEu }, anywhere);
const prefix = fc.oneof(
  { weight: 6, arbitrary: fc.constant('eu') },
  fc.constantFrom('us', 'global', 'apac', 'uk', 'ca'),
);
const known = fc.constantFrom(...PROFILES.flatMap(({ modelId }) => modelId ?? []));
const modelId = fc.oneof({ weight: 6, arbitrary: fc.constantFrom('acme.model-1', 'acme.model-2-v1:0') }, known);

interface Given {
  readonly name: string;
  readonly row: AdmittedRow;
}

/** A row as Bedrock's answer would make it, or as a person would edit it. */
const given: fc.Arbitrary<Given> = fc
  .record({
    name: fc.constantFrom(...Object.keys(INSIDE)),
    model: modelId,
    prefix,
    says: fc.oneof({ weight: 6, arbitrary: fc.constant(undefined) }, prefix),
    from: fc.oneof({ weight: 6, arbitrary: fc.constant('eu-central-1') }, region),
    regions: fc.uniqueArray(region, { minLength: 1, maxLength: 4 }),
    named: fc.oneof(
      { weight: 6, arbitrary: fc.constant(undefined) },
      fc.uniqueArray(region, { minLength: 1, maxLength: 3 }),
    ),
  })
  .map(({ name, model, prefix: geography, says, from, regions, named }) => ({
    name,
    row: {
      ...ADMITTED,
      id: `${geography}.${model}`,
      from,
      geography: says ?? geography,
      regions,
      modelArns: (named ?? regions).map((code) => `arn:aws:bedrock:${code}::foundation-model/${model}`),
      model: { ...ADMITTED.model, id: model },
    },
  }));

/** Whether a profile may be used: every Region that any row names for it is inside, and it isn't global. */
function isInside({ name, row }: Given): boolean {
  const inside = INSIDE[name] as readonly string[];
  const packaged = PROFILES.filter(({ id, confidence }) => id === row.id && confidence !== 'low');
  const regions = [row.from, ...row.regions, ...packaged.flatMap(({ routes }) => routes?.[row.from] ?? [])];
  return !row.id.startsWith('global.') && regions.every((code) => inside.includes(code));
}

/** Tries each part with random rows, and fails if any allows a profile with a Region outside. */
export async function tryAdmissions(runs: number): Promise<Counts> {
  const counts = Object.fromEntries(PARTS.map((part) => [part, { inside: 0, refused: 0 }])) as Counts;
  await fc.assert(
    fc.asyncProperty(given, async (one) => {
      const may = isInside(one);
      for (const part of PARTS) {
        const isAllowed = await ALLOWS[part](one);
        if (isAllowed && !may) throw new Error(`${part} allows ${one.row.id} from ${one.row.from} in ${one.name}`);
        if (isAllowed) counts[part].inside += 1;
        else if (!may) counts[part].refused += 1;
      }
    }),
    { numRuns: runs },
  );
  return counts;
}

const clock = () => ADMITTED_NOW;
const facts = PACKAGED.at(clock);
const layersOf = (row: AdmittedRow): FactLayer[] => admittedLayers([row], facts);
const boundaryOf = (name: string) => ResidencyBoundary.parse(name)._withFacts(facts);

/** Everything but the configuration is given the layer without its checks, as a policy that was edited by hand. */
const ALLOWS: Readonly<Record<Part, (given: Given) => boolean | Promise<boolean>>> = {
  config: ({ name, row }) => {
    const boundary = boundaryOf(name);
    if (checkAdmitted([row], boundary, facts, ADMITTED_NOW).length > 0) return false;
    const declared = name === 'eu' ? 'eu' : `[${name}]`;
    const text = `boundary: ${declared}\nname: x\nregions: { primary: eu-central-1 }\nalerts: [a@example.eu]
models: [{ id: assistant, destinations: [{ bedrock: '${row.id}', region: '${row.from}' }] }]
workspaces: [{ id: w, edition: edu, retention: 30d, models: [assistant] }]\n`;
    try {
      readConfig(text, 'residency.yaml', undefined, [], (own) => withLayers(own._withFacts(facts), layersOf(row)));
      return true;
    } catch (error) {
      if (error instanceof ConfigError) return false;
      throw error;
    }
  },
  guard: ({ name, row }) =>
    checkTemplate(agent(row), {
      boundary: withLayers(boundaryOf(name), layersOf(row)),
      stack: 's',
      deployRegion: row.from,
    }).findings.filter(blocks).length === 0,
  IAM: ({ name, row }) => {
    const decision = decideDestination(withLayers(boundaryOf(name), layersOf(row)), row.from, row.id);
    if (!decision.inside) return false;
    const scope = { partition: 'any', account: '111122223333', destinations: [decision.destination] };
    const arns = bedrockStatements(scope).flatMap(({ Resource }) => Resource);
    const outside = arns.filter((arn) => !(INSIDE[name] as string[]).includes(String(arn).split(':')[3] ?? ''));
    if (outside.length > 0) throw new Error(`IAM names ${outside.join()}`);
    return true;
  },
  gateway: async ({ name, row }) => {
    const policy: GatewayPolicy = {
      boundary: name,
      facts: layersOf(row),
      keepsContent: true,
      tenant: { kind: 'workspace', ids: ['w'] },
      models: [{ id: 'assistant', destinations: [{ region: row.from, id: row.id }] }],
    };
    const admitted = orUndefined(() => admitPolicy(parsePolicy(JSON.stringify(policy)), clock));
    if (admitted === undefined) return false;
    const endpoints = new Map([[row.from, `https://bedrock-runtime.${row.from}.amazonaws.com`]]);
    const { bedrock, calls } = scriptedBedrock(endpoints, () => ANSWER);
    const { gateway } = gatewayFor(policy, bedrock, { policy: admitted, now: clock });
    await (await gateway.fetch(chat(HELLO))).text();
    return calls.length > 0;
  },
  hook: ({ name, row }) => {
    const text = JSON.stringify({ boundary: name, facts: layersOf(row), declarations: NO_DECLARATIONS });
    // A hook without a policy refuses everything.
    const policy = orUndefined(() => parseHookPolicy(text));
    if (policy === undefined) return false;
    const boundary = policy.boundary._withFacts((policy.boundary._facts ?? facts).at(clock));
    const place = { stack: 's', deployRegion: row.from, now: ADMITTED_NOW };
    return checkOperation({ template: agent(row) }, { ...policy, boundary }, place).findings.length === 0;
  },
};

const agent = ({ id }: AdmittedRow) =>
  parseTemplate(
    JSON.stringify({
      Resources: {
        Agent: { Type: 'AWS::Bedrock::Agent', Properties: { AgentName: 'helpdesk', FoundationModel: id } },
      },
    }),
  );

function orUndefined<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}
