import { throughApi } from '../../../boundary/bedrock-api';
import { ResidencyBoundary } from '../../../boundary/boundary';
import { type Refused, refused } from '../../../boundary/decision';
import { decideDestination } from '../../../boundary/destination';
import { factsOf, withLayers } from '../../../boundary/facts-of';
import { likelyKind, modelIdIn } from '../../../boundary/model-kind';
import { refusedBedrock } from '../../../boundary/owner';
import { withFurtherRegions } from '../../../boundary/profile-row';
import { decideProvider } from '../../../boundary/provider';
import { mayServeWithoutRetention, unretainedUntil } from '../../../boundary/retention';
import { type AnyDestination, decideOpenAi, decideServer } from '../../../boundary/server';
import type { GatewayPolicy } from '../../../contract/policies/gateway-policy';
import { OPEN_PROJECTS } from '../../../contract/tenant';
import type { ApiPolicy } from '../../http/records/api-policy';
import { admitGuardrails, type Guarded, type Guardrails } from './guardrails';

/** A policy after every check: this process has decided that each destination is inside the boundary. */
export interface AdmittedPolicy extends ApiPolicy {
  readonly boundary: ResidencyBoundary;
  /** The destinations of each model, by the name that clients send, in the order in which they are tried. */
  readonly models: ReadonlyMap<string, readonly AnyDestination[]>;
  /** Whether a provider may cache the prompts of each model, by name; of those that aren't declared, the request and the tenant decide. */
  readonly caching?: ReadonlyMap<string, boolean>;
  /** Models that no destination may serve now, by name, each with the reason. */
  readonly unverified?: ReadonlyMap<string, string>;
  /** Models of which every destination has ended or expired, by name, each with the reason. */
  readonly ended?: ReadonlyMap<string, string>;
  /** The models and limits of each project, by its ID; empty for a workspace. */
  readonly projects: ReadonlyMap<string, Project>;
  /** What projects may be that are created at run time; none if there are none. */
  readonly openProjects?: OpenProjects;
  /** The guardrails that check the content of this tenant; none if it has none. */
  readonly guardrails?: Guardrails;
  /** The guardrails and models of each project that has a guardrail, by its ID; those of open projects by `OPEN_PROJECTS`. */
  readonly guarded?: ReadonlyMap<string, Guarded>;
  /** What the destinations charge; none if nothing has a budget in US dollars. */
  readonly prices?: GatewayPolicy['prices'];
}

/** The models and limits of one project. */
export type Project = NonNullable<GatewayPolicy['projects']>[number];

/** The models of open projects, and the limits that none exceeds. */
export type OpenProjects = NonNullable<GatewayPolicy['openProjects']>;

/**
 * Decides every destination of a policy again. Synth decided with the same function, but the file may have changed since, or this
 * bundle may contain newer facts. A destination that has ended, or whose admission has expired, doesn't keep the gateway from starting:
 * the same happens to a gateway that runs already.
 *
 * @param clock the time by which a model has ended or an admitted row has expired; by default the machine's
 * @throws if a destination isn't inside the boundary, or may retain content of projects; the message lists all of them
 */
export function admitPolicy(policy: GatewayPolicy, clock?: () => Date): AdmittedPolicy {
  const boundary = boundaryOf(policy, clock);
  const { keepsContent, tenant, openProjects, prices } = policy;
  if (tenant.kind === 'project' && keepsContent) {
    throw new Error(
      "policy.json: 'keepsContent' is true for a project, whose content is never stored; set it to false, or deploy a workspace",
    );
  }
  const models = new Map<string, AnyDestination[]>();
  const ended = new Map<string, string>();
  const problems: string[] = [];
  for (const model of policy.models) {
    if (models.has(model.id) || ended.has(model.id))
      problems.push(`model '${model.id}' is defined twice; define it once with all destinations`);
    const declared: Declared[] = [];
    for (const target of model.destinations) {
      const decision = decide(boundary, policy, target);
      if (decision.inside) declared.push(inForceNow(boundary, decision.destination));
      else if (isOver(decision)) declared.push(noMore(boundary, target, causeIn(decision)));
      else problems.push(`model '${model.id}', ${nameOf(target)}: ${decision.detail} (${decision.reason})`);
    }
    const usable = model.interchangeable === false ? ofFirstModel(declared) : ofOneEmbedder(declared);
    const destinations = usable.flatMap(({ destination }) => destination ?? []);
    const causes = usable.flatMap(({ cause }) => cause ?? []);
    if (destinations.length === 0 && causes.length > 0) ended.set(model.id, endedText(model.id, causes));
    else models.set(model.id, destinations);
  }
  const projects = projectsOf(policy);
  const caching = new Map(policy.models.flatMap(({ id, caching: may }) => (may === undefined ? [] : [[id, may]])));
  if (problems.length > 0) {
    throw new Error(
      `policy.json: the gateway doesn't start, because not all destinations are inside ${boundary.label}: ${problems.join('; ')}; ` +
        'correct the destinations in residency.yaml and deploy again',
    );
  }
  const own = admitGuardrails(boundary, `workspace '${tenant.ids[0]}'`, ofWorkspace(policy), models);
  const guarded = new Map(
    [...projects.values(), ...(openProjects ? [{ id: OPEN_PROJECTS, ...openProjects }] : [])].flatMap(
      ({ id, models: names, guardrails: named }) => {
        const its = new Map([...models].filter(([model]) => names.includes(model)));
        const admitted = admitGuardrails(boundary, `project '${id}'`, named, its);
        return admitted === undefined ? [] : [[id, admitted]];
      },
    ),
  );
  return {
    boundary,
    keepsContent,
    tenant,
    models,
    projects,
    ...(openProjects && { openProjects }),
    ...own,
    ...(guarded.size > 0 && { guarded }),
    ...(caching.size > 0 && { caching }),
    ...(ended.size > 0 && { ended }),
    ...(prices && { prices }),
  };
}

/**
 * A declared target: its destination, or why it serves no more. Which model a list may use depends on all targets, so that a process
 * that starts after the first has ended decides as one that started before.
 */
interface Declared {
  readonly model: string;
  readonly embeds: boolean;
  readonly destination?: AnyDestination;
  readonly cause?: string;
}

const isOver = ({ reason }: Refused) => reason === 'ended' || reason === 'expired';

function inForceNow(boundary: ResidencyBoundary, destination: AnyDestination): Declared {
  const { provider, modelId } = destination;
  const kind = provider === 'bedrock' ? likelyKind(factsOf(boundary), modelId) : destination.kind;
  return { model: modelOf(destination), embeds: kind === 'embedding', destination };
}

/** Two providers' models of one name are different models. */
const modelOf = (destination: AnyDestination): string =>
  destination.provider === 'external' ? destination.id : `${destination.provider} ${destination.modelId}`;

/** A model of Bedrock's that has ended, or a destination whose admission or check result has expired. */
function noMore(boundary: ResidencyBoundary, target: Target, cause: string): Declared {
  if ('provider' in target) {
    return { model: `${target.provider}/${target.model}`, embeds: target.kind === 'embedding', cause };
  }
  const facts = factsOf(boundary);
  const id = 'id' in target ? target.id : '';
  const modelId = facts.profile(id)?.modelId ?? modelIdIn(id);
  const kind = facts.kindEver(modelId) ?? likelyKind(facts, modelId);
  return { model: `bedrock ${modelId}`, embeds: kind === 'embedding', cause };
}

/** Only the targets with the model of the first. */
const ofFirstModel = (targets: readonly Declared[]): Declared[] =>
  targets.filter(({ model }) => model === targets[0]?.model);

/** Clients can't compare the vectors of two embedding models, so only the first of them embeds, even while it isn't available. */
function ofOneEmbedder(targets: readonly Declared[]): Declared[] {
  const first = targets.find(({ embeds }) => embeds);
  return targets.filter(({ embeds, model }) => !embeds || model === first?.model);
}

/** The first clause of a refusal: what follows is about other models, for the operator. */
const causeIn = ({ detail }: Refused) => detail.split(';')[0] as string;

/** The message about a model that no destination serves any more. */
export const endedText = (model: string, causes: readonly string[]) =>
  `model '${model}' isn't served any more: ${[...new Set(causes)].join('; ')}; the operator must name another destination in ` +
  'residency.yaml, or admit it again, and deploy';

type Target = GatewayPolicy['models'][number]['destinations'][number];

function decide(
  boundary: ResidencyBoundary,
  { keepsContent, tenant, openai, providers = [], euOwnedOnly }: GatewayPolicy,
  target: Target,
): { readonly inside: true; readonly destination: AnyDestination } | Refused {
  if ('openai' in target) return decideOpenAi(boundary, target.openai, openai, keepsContent, euOwnedOnly);
  if ('provider' in target) {
    const declared = providers.find(({ name }) => name === target.provider);
    if (declared !== undefined) return decideProvider(boundary, declared, target, { keepsContent, euOwnedOnly });
    const detail = `'providers' declares no '${target.provider}'`;
    return refused({ kind: 'unknown', value: target.provider }, 'unknown', detail);
  }
  if ('server' in target) {
    const { server: url, model, kind, addresses, region } = target;
    return decideServer({ url, model, kind, addresses, region });
  }
  const foreign = euOwnedOnly ? refusedBedrock(target.id) : undefined;
  if (foreign !== undefined) return foreign;
  const decision = throughApi(
    boundary,
    withFurtherRegions(boundary, decideDestination(boundary, target.region, target.id), target.furtherRegions ?? []),
    target.api,
  );
  if (!decision.inside || keepsContent) return decision;
  const { destination } = decision;
  const facts = factsOf(boundary);
  const unretained = mayServeWithoutRetention(facts, destination.modelId, destination.api);
  if (unretained.inside) {
    const [until] = [destination.until, unretainedUntil(facts, destination.modelId)].filter(Boolean).sort();
    return until === undefined ? decision : { ...decision, destination: { ...destination, until } };
  }
  return {
    ...unretained,
    detail: `${unretained.detail}, but a ${tenant.kind} retains nothing; remove it or name another model`,
  };
}

function nameOf(target: Target): string {
  if ('openai' in target) return `destination '${target.openai}' of OpenAI`;
  if ('server' in target) return `destination '${target.server}'`;
  if ('provider' in target) return `destination '${target.model}' of '${target.provider}'`;
  return `destination '${target.id}' from ${target.region}`;
}

function boundaryOf(policy: GatewayPolicy, clock?: () => Date): ResidencyBoundary {
  try {
    const boundary = withLayers(ResidencyBoundary.parse(policy.boundary), policy.facts);
    return clock === undefined ? boundary : boundary._withFacts(factsOf(boundary).at(clock));
  } catch (error) {
    throw new Error(`policy.json: 'boundary' can't be read: ${(error as Error).message}`, { cause: error });
  }
}

/** A guardrail of all projects would be one of none, because a request has the policy of its project. */
function ofWorkspace({ tenant, guardrails }: GatewayPolicy): GatewayPolicy['guardrails'] {
  if (tenant.kind === 'workspace' || guardrails === undefined) return guardrails;
  throw new Error("policy.json: 'guardrails' belong to each project, not to the gateway; deploy the gateway again");
}

/**
 * The policy of one project: its own models and guardrails only.
 *
 * @param guardedAs the tenant whose guardrails it has; by default itself
 */
export function policyOf(policy: AdmittedPolicy, project: Project, guardedAs = project.id): AdmittedPolicy {
  const guarded = policy.guarded?.get(guardedAs);
  const own = <T>(all: ReadonlyMap<string, T>) => new Map([...all].filter(([id]) => project.models.includes(id)));
  return {
    ...policy,
    tenant: { kind: 'project', ids: [project.id] },
    models: own(policy.models),
    ...(policy.ended && { ended: own(policy.ended) }),
    ...guarded,
    projects: new Map([[project.id, project]]),
  };
}

/** A policy with some of its models only. */
export function withModels(policy: AdmittedPolicy, names: readonly string[]): AdmittedPolicy {
  const own = <T>(all: ReadonlyMap<string, T>) => new Map([...all].filter(([id]) => names.includes(id)));
  return { ...policy, models: own(policy.models), ...(policy.ended && { ended: own(policy.ended) }) };
}

/** Each project must be described. A project without a description would have every model and no limit. */
function projectsOf({ tenant, projects = [], openProjects, models }: GatewayPolicy): ReadonlyMap<string, Project> {
  const ids = projects.map((project) => project.id);
  const required = tenant.kind === 'project' ? tenant.ids : [];
  if ([...ids].sort().join() !== [...required].sort().join()) {
    throw new Error(
      `policy.json: 'projects' must describe each project of 'tenant' once, and nothing else: ${required.join(', ') || 'none'}, ` +
        `got ${ids.join(', ') || 'none'}; deploy the gateway and its policy from one version of the package`,
    );
  }
  if (required.length === 0 && openProjects === undefined && tenant.kind === 'project') {
    throw new Error("policy.json: 'tenant' names no project, and 'openProjects' opens none; deploy the gateway again");
  }
  if (tenant.kind === 'workspace' && (tenant.ids.length === 0 || openProjects !== undefined)) {
    throw new Error("policy.json: a workspace needs its ID in 'tenant', and has no 'openProjects'; deploy it again");
  }
  for (const project of [...projects, ...(openProjects ? [{ id: OPEN_PROJECTS, ...openProjects }] : [])]) {
    const unknown = project.models.find((id) => !models.some((model) => model.id === id));
    if (unknown === undefined) continue;
    throw new Error(
      `policy.json: project '${project.id}' may use model '${unknown}', which isn't in 'models'; add it there, or remove it ` +
        'from the project',
    );
  }
  return new Map(projects.map((project) => [project.id, project]));
}

/** The Regions in which this gateway calls Bedrock, each once. */
export function sourceRegions(policy: AdmittedPolicy): string[] {
  const destinations = [...policy.models.values()].flat().filter(({ provider }) => provider === 'bedrock');
  return [...new Set(destinations.map(({ sourceRegion }) => sourceRegion))];
}
