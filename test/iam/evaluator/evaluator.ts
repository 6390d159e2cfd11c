import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Json } from '../support/physical';

/** A folder that git ignores. */
const FOLDER = path.join(__dirname, '../../../.local/iam-evaluator');
const LOCK = 'package-lock.json';

/** One call, with all policies that decide on it, by their names. */
export interface Request {
  /** An ARN, a principal of a service such as `delivery.logs.amazonaws.com`, or `anonymous`. */
  readonly principal: string;
  /** The account of the resource. */
  readonly account: string;
  readonly action: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, string | readonly string[]>>;
  readonly identity: readonly string[];
  readonly resourcePolicy?: string;
  /** The name of the permissions boundary. */
  readonly boundary?: string;
  readonly endpoint?: string;
  /** The names of the service control policies that bind the principal; none if its account is in no organisation. */
  readonly scps?: readonly string[];
  /** The names of the resource control policies that protect the resource. */
  readonly rcps?: readonly string[];
  /** Whether the ARN has a form that AWS's service reference doesn't list, such as a model without a Region. */
  readonly isUnlisted?: true;
}

export interface Verdict {
  readonly result?: 'Allowed' | 'ExplicitlyDenied' | 'ImplicitlyDenied';
  /** The mistake in the request or a policy, if it can't be evaluated. */
  readonly error?: string;
  /** Condition keys of the request that AWS's service reference doesn't list for the action. The evaluator ignores them. */
  readonly ignored: readonly string[];
  /** The `Sid`s of the statements of organisation policies and of the permissions boundary that deny it; none of an unlisted ARN. */
  readonly denying?: readonly string[];
}

/** What AWS's service reference says of an action. */
export interface ServiceAction {
  readonly action: string;
  readonly hasResource: boolean;
  /** Samples of the ARNs of its resources, with `{partition}`, `{region}` and `{account}` in them. */
  readonly samples: readonly string[];
  /** The condition keys of all its requests, in addition to those that every request has. */
  readonly ownKeys: readonly string[];
  /** These, and the keys of its types of resources. */
  readonly keys: readonly string[];
  /** Its access levels: `Read`, `List`, `Write`, `Tagging`, `Permissions management`. */
  readonly access: readonly string[];
  readonly types: readonly ResourceType[];
}

/** A type of resources that an action is on. */
export interface ResourceType {
  readonly name: string;
  /** A sample of its ARNs. */
  readonly arn: string;
  /** The condition keys that say something of such a resource. */
  readonly keys: readonly string[];
  /** The condition keys of a request on it: those that AWS lists for the action and the type, or else those of the type. */
  readonly keysInRequest: readonly string[];
}

/** Installs the evaluator as its lock file says, unless it is installed. */
export function installEvaluator(): void {
  const lock = readFileSync(path.join(__dirname, LOCK), 'utf8');
  const installed = path.join(FOLDER, LOCK);
  const done = path.join(FOLDER, 'node_modules/@cloud-copilot/iam-simulate/package.json');
  if (existsSync(done) && readFileSync(installed, 'utf8') === lock) return;
  mkdirSync(FOLDER, { recursive: true });
  for (const file of ['package.json', LOCK]) copyFileSync(path.join(__dirname, file), path.join(FOLDER, file));
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: FOLDER, stdio: 'pipe' });
}

const verdicts = new Map<string, Verdict>();

/** Evaluates requests in a process of the evaluator. A request that met the same policies before isn't evaluated again. */
export function evaluate(policies: Readonly<Record<string, Json>>, requests: readonly Request[]): Verdict[] {
  const digests = new Map(Object.entries(policies).map(([name, policy]) => [name, digestOf(policy)]));
  const contents = (names: readonly (string | undefined)[] = []) => names.map((name) => digests.get(name ?? ''));
  const ids = requests.map(({ identity, resourcePolicy, boundary, endpoint, scps, rcps, ...request }) =>
    digestOf([
      request,
      ...[identity, [resourcePolicy], [boundary], [endpoint], scps, rcps].map((names) => names && contents(names)),
    ]),
  );
  const fresh = new Map(ids.flatMap((id, nth) => (verdicts.has(id) ? [] : [[id, requests[nth] as Request]])));
  const found: Verdict[] = fresh.size === 0 ? [] : run('evaluate.mjs', { policies, requests: [...fresh.values()] });
  [...fresh.keys()].forEach((id, nth) => {
    verdicts.set(id, found[nth] as Verdict);
  });
  return ids.map((id) => verdicts.get(id) as Verdict);
}

const digestOf = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('base64');

const known = new Map<string, readonly ServiceAction[]>();

/** The actions of AWS's service reference that each pattern matches, `*:Put*Policy` in all services; none if no service has such an action. */
export function serviceActions(patterns: readonly string[]): Readonly<Record<string, readonly ServiceAction[]>> {
  const fresh = patterns.filter((pattern) => !known.has(pattern));
  const found: Record<string, readonly ServiceAction[]> = fresh.length === 0 ? {} : run('service-data.mjs', fresh);
  for (const [pattern, actions] of Object.entries(found)) known.set(pattern, actions);
  return Object.fromEntries(patterns.map((pattern) => [pattern, known.get(pattern) ?? []]));
}

function run<T>(script: string, input: unknown): T {
  const output = execFileSync(process.execPath, [path.join(__dirname, script)], {
    cwd: FOLDER,
    input: JSON.stringify(input),
    maxBuffer: 256 * 1024 * 1024,
    encoding: 'utf8',
  });
  return JSON.parse(output);
}
