import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse, stringify } from 'yaml';
import { ResidencyDeployment } from '../../lib/app/residency-deployment';
import { requestMetrics } from '../../lib/cli/cost/request-metrics';
import { readInputs } from '../../lib/guard/assembly/read-inputs';
import { billOf, sumOfParts } from '../../lib/report/cost/bill';
import type { CostLine } from '../../lib/report/cost/cost-line';
import { resourcesOf } from '../../lib/report/cost/resources';
import { median } from '../statistics';
import type { ScaleFigures } from './figures';
import { processorTime } from './lookups';

const ROOT = path.join(__dirname, '../..');
const METADATA = path.join(ROOT, 'test/releases/support/configurations/university/idp-metadata.xml');
const RUNS = 3;
/** The prices of the package are as of this day. */
const NOW = new Date('2026-11-30');

const USE = {
  members: 30_000,
  active: 0.6,
  turns: 100,
  requests: 5_000_000,
  inputTokens: 3_000,
  outputTokens: 500,
  cached: 0.8,
  files: 0,
  background: 0.05,
  officeFiles: 2,
};
const USE_TEXT =
  '30,000 members, 60 % of them active with 100 turns each, 5 % of these in the background, and with 2 office files each; 500 open projects ' +
  'with 10,000 requests each; 3,000 tokens of input and 500 of output';

/** Resources, the time of a synth and the cost of the sample, with what people add, and with one open project or many. */
export async function measureDeployment(most: number): Promise<Pick<ScaleFigures, 'resources' | 'synth' | 'cost'>> {
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-scale-'));
  try {
    // The first synth of a process compiles what all others use.
    await synthesized(folder, 'first', 1);
    const [sample, one, many] = [
      await synthesized(folder, 'sample'),
      await synthesized(folder, 'one', 1),
      await synthesized(folder, 'many', most),
    ];
    const bill = billOf(many.templates, { use: USE, now: NOW, metricsOf: requestMetrics });
    const lines = [...bill.fixed.lines, ...bill.use];
    const of = (...starts: readonly string[]) =>
      centsOf(bill.use.filter(({ item }) => starts.some((start) => item.startsWith(start))));
    const plain = billOf(sample.templates, { use: USE, now: NOW });
    return {
      resources: { sample: sample.resources, one: one.resources, many: many.resources },
      synth: { sample: sample.time, one: one.time, many: many.time },
      cost: {
        use: USE_TEXT,
        fixed: sumOfParts(lines, 'fixed').cents,
        sampleFixed: sumOfParts(plain.fixed.lines, 'fixed').cents,
        withoutModels: sumOfParts(lines, 'fixed', 'use').cents,
        scim: of('changes by SCIM', 'directory of SCIM', 'backup of the directory'),
        background: of('background jobs'),
        conversion: of('conversion of office files'),
      },
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const centsOf = (lines: readonly CostLine[]): number => {
  const { cents, isComplete } = sumOfParts(lines, 'use');
  if (!isComplete || lines.length === 0) throw new Error('a price or a line is missing');
  return cents;
};

async function synthesized(folder: string, name: string, maximum?: number) {
  const config = path.join(folder, `${name}.yaml`);
  writeFileSync(config, maximum === undefined ? sampleText() : withPeople(sampleText(), maximum));
  const outdir = path.join(folder, name);
  const { CDK_CONTEXT_JSON: before } = process.env;
  process.env.CDK_CONTEXT_JSON = JSON.stringify({
    ...JSON.parse(readFileSync(path.join(ROOT, 'cdk.json'), 'utf8')).context,
    'aws:cdk:enable-path-metadata': true,
  });
  const times: number[] = [];
  try {
    for (let run = 0; run < RUNS; run++)
      times.push(await processorTime(() => ResidencyDeployment.fromFile({ config, outdir }).synth()));
  } finally {
    process.env.CDK_CONTEXT_JSON = before;
  }
  const { templates } = readInputs([outdir]);
  const resources = templates.flatMap(({ template }) => resourcesOf(template)).length;
  return { templates, resources, time: median(times) };
}

const sampleText = (): string => readFileSync(path.join(ROOT, 'residency.yaml'), 'utf8');

/** The sample with keys of members, SCIM, background jobs, office files and open projects. */
function withPeople(text: string, maximum: number): string {
  const config = parse(text);
  Object.assign(config.workspaces[0], {
    identity: { saml: METADATA, groups: { member: ['chat-users'], admin: ['chat-admins'], auditor: ['auditors'] } },
    scim: {},
    keys: {},
    background: {},
    officeFiles: true,
  });
  config.places = [{ host: 'idp.universite.example', country: 'FR', reason: 'a made-up host of a measurement' }];
  config.projects = {
    declared: config.projects,
    open: { models: ['assistant'], limits: { tokensPerDay: 1_000_000 }, maximum },
  };
  return stringify(config);
}
