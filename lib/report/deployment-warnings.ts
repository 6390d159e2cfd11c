import { closestFirst } from '../boundary/alternatives';
import type { ResidencyBoundary } from '../boundary/boundary';
import { type Destination, nameFrom } from '../boundary/destination';
import { factsOf } from '../boundary/facts-of';
import { guardrailRegions } from '../boundary/guardrail';
import { daysUntil, lifeOf, lifeText } from '../boundary/lifecycle';
import { where } from '../boundary/region';
import { mayServeWithoutRetention } from '../boundary/retention';
import { destinationsOf } from '../boundary/routes';
import { allGuardrails, callersOf } from '../config/model/callers';
import type { DeploymentConfig } from '../config/model/config';
import { usableTargets } from '../config/model/usable';
import { findRegion } from '../facts/region';

/** A destination that a deployment calls, with the names of its models that use it. */
interface Called {
  readonly destination: Destination;
  readonly models: readonly string[];
}

/** What an operator has to do before long, though the deployment is valid today: one sentence for each. */
export function deploymentWarnings(boundary: ResidencyBoundary, deployment: DeploymentConfig): string[] {
  const called = calledBy(deployment);
  return [
    ...called.flatMap((one) => lifeWarnings(boundary, deployment, one)),
    ...regionWarnings(deployment, called),
    ...guardrailWarnings(boundary, deployment),
    ...firstDestinationWarnings(boundary, deployment),
  ];
}

function lifeWarnings(
  boundary: ResidencyBoundary,
  deployment: DeploymentConfig,
  { destination, models }: Called,
): string[] {
  const facts = factsOf(boundary);
  const { modelId, sourceRegion } = destination;
  const life = lifeOf(facts, modelId);
  const text = lifeText(life);
  if (text === undefined || life.state === 'active') return [];
  const left = life.endsAt === null ? '' : ` (${daysUntil(life.endsAt, facts.today)} days from today)`;
  const [replacement] = replacements(boundary, deployment, destination, models).filter((id) => id !== destination.id);
  const instead = replacement === undefined ? 'name another model' : `the newest replacement is ${replacement}`;
  return [
    `${nameFrom(deployment.primaryRegion, { ...destination, sourceRegion })} of ${quoted('model', models)} ${text}${left}; ${instead}`,
  ];
}

/** What can replace a destination in these models, the closest first: with a life ahead, and retaining nothing if a project uses it. */
function replacements(
  boundary: ResidencyBoundary,
  deployment: DeploymentConfig,
  { id, sourceRegion }: Destination,
  models: readonly string[],
): string[] {
  const facts = factsOf(boundary);
  const servesProjects = callersOf(deployment).some((caller) => caller.models.some((name) => models.includes(name)));
  const targets = usableTargets(boundary, sourceRegion).filter(
    ({ modelId }) =>
      lifeOf(facts, modelId).state === 'active' && (!servesProjects || mayServeWithoutRetention(facts, modelId).inside),
  );
  return closestFirst(boundary, targets, id);
}

/** The Regions that the account must enable, besides those that stacks are deployed to. */
function regionWarnings(deployment: DeploymentConfig, called: readonly Called[]): string[] {
  const regions = [...new Set(called.flatMap(({ destination }) => optInOf(deployment, destination)))].sort();
  if (regions.length === 0) return [];
  const using = called.filter(({ destination }) => optInOf(deployment, destination).length > 0);
  const models = [...new Set(using.flatMap(({ models: names }) => names))];
  return [
    `${quoted('model', models)} may be processed in ${toEnable(regions)}; until then, no project is served by a destination that may route ` +
      'there',
  ];
}

/** The same Regions of guardrail profiles: a project's content is evaluated there too. */
function guardrailWarnings(boundary: ResidencyBoundary, deployment: DeploymentConfig): string[] {
  const profiles = new Map<string, string[]>();
  for (const guardrail of allGuardrails(deployment)) {
    const regions = guardrailRegions(boundary, guardrail);
    const own = optInOf(deployment, { regions, sourceRegion: guardrail.region });
    if (guardrail.profile !== undefined && own.length > 0) profiles.set(guardrail.profile, own);
  }
  return [...profiles].map(
    ([profile, regions]) =>
      `guardrails with the profile '${profile}' may evaluate content in ${toEnable(regions)}; until then, no project is served that has one`,
  );
}

const toEnable = (regions: readonly string[]) =>
  `${regions.map((code) => `${code}, ${where(code)}`).join('; ')}, which an account must enable before use: ` +
  regions.map((code) => `aws account enable-region --region-name ${code}`).join(' and ');

/** Projects whose first destination waits for a Region to be enabled: a first deployment would answer them by another one, or none. */
function firstDestinationWarnings(boundary: ResidencyBoundary, deployment: DeploymentConfig): string[] {
  const used = new Set(callersOf(deployment).flatMap(({ models }) => models));
  return deployment.models.flatMap(({ id, destinations }) => {
    const [first] = destinations;
    if (!used.has(id) || first?.provider !== 'bedrock' || optInOf(deployment, first).length === 0) return [];
    const ready = replacements(boundary, deployment, first, [id]).filter((target) =>
      isReady(boundary, deployment, first.sourceRegion, target),
    );
    const instead = ready.length === 0 ? '' : `, such as ${ready[0]}`;
    return [
      `the first destination of model '${id}', ${first.id}, needs opt-in Regions, and projects use the model; put a destination that ` +
        `needs none first${instead}, or enable the Regions before you deploy`,
    ];
  });
}

function isReady(boundary: ResidencyBoundary, deployment: DeploymentConfig, sourceRegion: string, id: string): boolean {
  const profile = factsOf(boundary).profileFrom(id, sourceRegion);
  const regions = profile === undefined ? [sourceRegion] : (destinationsOf(profile, sourceRegion) ?? []);
  return optInOf(deployment, { regions, sourceRegion }).length === 0;
}

/** The opt-in Regions that may process a request, without those that stacks are deployed to: they are enabled already. */
const optInOf = (
  { primaryRegion, recoveryRegion }: DeploymentConfig,
  { regions, sourceRegion }: { readonly regions: readonly string[]; readonly sourceRegion: string },
): string[] =>
  regions.filter(
    (code) => ![primaryRegion, recoveryRegion, sourceRegion].includes(code) && findRegion(code)?.optIn === true,
  );

function calledBy({ models }: DeploymentConfig): Called[] {
  const called = new Map<string, { destination: Destination; models: string[] }>();
  for (const { id: name, destinations } of models) {
    for (const destination of destinations) {
      if (destination.provider !== 'bedrock') continue;
      const key = nameFrom('', destination);
      const one = called.get(key) ?? { destination, models: [] };
      one.models.push(name);
      called.set(key, one);
    }
  }
  return [...called.values()];
}

/** `model 'a'`, or `models 'a', 'b'`. */
const quoted = (noun: string, names: readonly string[]) =>
  `${noun}${names.length === 1 ? '' : 's'} ${names.map((name) => `'${name}'`).join(', ')}`;
