/**
 * `npm run check:terraform -- FOLDER [--providers FOLDER] [--work FOLDER]` plans the configurations of test/terraform/cases.json with
 * `terraform`, checks each plan, and compares the findings with the labels. FOLDER contains git directories: `OWNER+NAME/repo`. Plans
 * that `--work` has from a run before are used again. The exit code is 1 if less than 98 % of the leaks are found, if more than 1 % of
 * the clean cases are blocked, or if a case can't be planned.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ResidencyBoundary } from '../lib/boundary/boundary';
import { checkInputs } from '../lib/guard/check/check-inputs';
import { blocks, type Finding } from '../lib/guard/finding';
import { readPlan } from '../lib/guard/terraform/read-plan';
import { startFakeAws } from './terraform-cases/fake-aws';
import { layOut, type Origin } from './terraform-cases/lay-out';
import { planGroup } from './terraform-cases/plan-group';

/** One labelled configuration. */
interface Case extends Origin {
  readonly id: string;
  /** The Region of a provider block without one. */
  readonly region: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** The Region whose code is replaced in the plan, and the one in its place. */
  readonly swap?: readonly [from: string, to: string];
  readonly label: 'leak' | 'clean' | 'undetermined';
  /** The rule that is expected to find a leak. */
  readonly class?: string;
  readonly reason: string;
}

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    providers: { type: 'string', default: '.local/terraform/providers' },
    work: { type: 'string', default: '.local/terraform/cases' },
    verbose: { type: 'boolean', default: false },
  },
});
const GROUP = 60;
const TABLE = path.join(__dirname, '../test/terraform/cases.json');

async function main(repositories: string): Promise<void> {
  const { modules, cases }: { modules: readonly Origin[]; cases: readonly Case[] } = JSON.parse(
    readFileSync(TABLE, 'utf8'),
  );
  const work = path.resolve(options.work);
  mkdirSync(path.join(work, 'plans'), { recursive: true });
  const errors = await planMissing(cases, modules, repositories, work);
  const results = cases.map((one) => ({ one, findings: findingsOf(one, work) }));
  report(results, errors);
}

const planFile = (work: string, { id }: Case) => path.join(work, 'plans', `${id.replace(/-swapped$/, '')}.json`);

/** Plans what isn't planned yet, in groups of one Region; why each of the others has no plan. */
async function planMissing(cases: readonly Case[], modules: readonly Origin[], repositories: string, work: string) {
  const errors = new Map<string, string>();
  const missing = cases.filter((one) => one.swap === undefined && !existsSync(planFile(work, one)));
  if (missing.length === 0) return errors;
  const shared = path.join(work, 'modules');
  for (const module of modules) await layOut(module, repositories, shared, path.join(shared, nameOf(module)));
  const aws = await startFakeAws();
  const settings = path.join(work, 'terraform.rc');
  const mirror = path.resolve(options.providers);
  writeFileSync(settings, `provider_installation {\n  filesystem_mirror {\n    path = "${mirror}"\n  }\n}\n`);
  const env = { ...process.env, TF_CLI_CONFIG_FILE: settings, AWS_ENDPOINT_URL: aws.url, ...NO_ACCOUNT };
  for (const [region, all] of grouped(missing)) {
    for (let from = 0; from < all.length; from += GROUP) {
      const root = path.join(work, `${region}-${from}`);
      const group = all.slice(from, from + GROUP);
      for (const one of group) await layOut(one, repositories, shared, path.join(root, one.id));
      const members = group.map(({ id, path: folder, variables }) => ({
        name: id,
        folder: `${id}/${folder}`,
        variables,
      }));
      // Some providers take their Region from the environment.
      const planned = await planGroup(root, members, region, { ...env, AWS_REGION: region });
      for (const one of group) {
        const plan = planned.plans.get(one.id);
        if (plan !== undefined) writeFileSync(planFile(work, one), JSON.stringify(plan));
        else errors.set(one.id, planned.errors.get(one.id) ?? 'not planned');
      }
    }
  }
  aws.close();
  return errors;
}

/** By the Region of the provider. */
function grouped(cases: readonly Case[]): Map<string, Case[]> {
  const groups = new Map<string, Case[]>();
  for (const one of cases) groups.set(one.region, [...(groups.get(one.region) ?? []), one]);
  return groups;
}

const nameOf = ({ repo }: Origin) => repo.replace(/^.*\/terraform-aws-/, '');

/** Nothing outside this machine is called. */
const NO_ACCOUNT = {
  AWS_ACCESS_KEY_ID: 'plan',
  AWS_SECRET_ACCESS_KEY: 'plan',
  AWS_CA_BUNDLE: '',
  CHECKPOINT_DISABLE: '1',
};

function findingsOf(one: Case, work: string): readonly Finding[] | undefined {
  const file = planFile(work, one);
  if (!existsSync(file)) return undefined;
  const text = readFileSync(file, 'utf8');
  const plan = JSON.parse(one.swap === undefined ? text : text.replaceAll(...one.swap));
  const region = one.swap?.[1] ?? one.region;
  return checkInputs(
    { templates: readPlan(plan, one.id, one.id), unreadable: [] },
    { boundary: ResidencyBoundary.eu(), deployRegions: [region] },
  ).findings.filter(blocks);
}

function report(
  results: readonly { one: Case; findings: readonly Finding[] | undefined }[],
  errors: ReadonlyMap<string, string>,
): void {
  const planned = results.flatMap(({ one, findings }) => (findings === undefined ? [] : [{ one, findings }]));
  const of = (label: Case['label']) => planned.filter(({ one }) => one.label === label);
  const missed = of('leak').filter(({ findings }) => findings.length === 0);
  const alarms = of('clean').filter(({ findings }) => findings.length > 0);
  const other = of('leak').filter(
    ({ one, findings }) => findings.length > 0 && !findings.some(({ rule }) => rule === one.class),
  );
  for (const { one } of missed)
    console.log(`missed       ${one.id} ${one.repo} ${one.path}: ${one.class}, ${one.reason}`);
  for (const { one, findings } of alarms)
    for (const { rule, logicalId = '', path: at = '', message } of findings)
      console.log(`false alarm  ${one.id} ${one.repo} ${one.path}: ${rule} ${logicalId}${at} ${message}`);
  for (const { one, findings } of other)
    console.log(
      `other rule   ${one.id} ${one.path}: expected ${one.class}, found ${[...new Set(findings.map(({ rule }) => rule))].join(', ')}`,
    );
  for (const [id, why] of errors) console.log(`not planned  ${id}: ${why}`);
  if (options.verbose)
    for (const { one, findings } of planned)
      for (const { rule, level, logicalId = '', path: at = '', value = '' } of findings)
        console.log(`${one.id} ${one.label} ${level} ${rule} ${logicalId}${at} ${value}`);
  const share = (part: number, whole: number) => `${((100 * part) / Math.max(1, whole)).toFixed(1)} %`;
  const found = of('leak').length - missed.length;
  console.log(
    `${planned.length} of ${results.length} cases planned; ${found} of ${of('leak').length} leaks found (${share(found, of('leak').length)}), ` +
      `${alarms.length} false alarms on ${of('clean').length} clean cases (${share(alarms.length, of('clean').length)}), ${of('undetermined').length} undetermined`,
  );
  const isGood = found >= 0.98 * of('leak').length && alarms.length <= 0.01 * of('clean').length;
  process.exitCode = isGood && errors.size === 0 && planned.length === results.length ? 0 : 1;
}

void main(path.resolve(positionals[0] ?? '../shared/terraform'));
