import type { ResidencyBoundary } from '../boundary/boundary';
import type { AzureCheck } from '../boundary/declared-provider';
import type { AnyDestination } from '../boundary/server';
import { buildIdentity, buildShared } from './build-identity';
import { declaredIn } from './checks/declared-providers';
import { namedGuardrails } from './checks/named-guardrails';
import { openAiTerms } from './checks/openai-terms';
import { inDollars, readBudgets } from './model/budgets';
import type { AlertsConfig, BedrockConfig, DeploymentConfig, GuardrailConfig } from './model/config';
import { readMemberKeys } from './model/member-keys';
import type { NoneLeft } from './model/none-left';
import { readPerimeter } from './model/perimeter';
import { readRecords } from './model/records';
import { readRetention } from './model/retention';
import { readRights } from './model/rights';
import type { ResidencyFile } from './schema/schema';

/** A file that has passed every check. */
export interface Approved {
  readonly file: ResidencyFile;
  readonly boundary: ResidencyBoundary;
  readonly directory: string;
  readonly destinations: ReadonlyMap<string, readonly AnyDestination[]>;
  readonly azureChecks: readonly AzureCheck[];
}

/**
 * The deployment that a file without mistakes describes; none when it only declares a boundary. Keys that aren't named here are
 * passed on as they are written.
 */
export function buildDeployment({
  file,
  directory,
  destinations,
  azureChecks,
}: Approved): DeploymentConfig | undefined {
  const { boundary, factsKeys, exceptions, places, boundaries, ...deployed } = file;
  const {
    name,
    regions,
    network,
    alerts,
    openai: terms,
    egress,
    providers,
    perimeter,
    identity,
    records,
    models,
    workspaces,
    projects,
    ...passed
  } = deployed;
  if (name === undefined || regions === undefined) return undefined;
  const openai = openAiTerms(terms);
  return {
    ...passed,
    name,
    ...buildRegions(regions),
    network: { ...network, ranges: { ...network?.ranges } },
    organisation: { ...file.organisation },
    alerts: alerts && buildAlerts(alerts),
    bedrock: buildBedrock(file.bedrock ?? {}),
    openai,
    ...(egress && { egress }),
    ...(perimeter && { perimeter: readPerimeter({ perimeter }) }),
    ...(providers && {
      providers: { euOwnedOnly: providers.euOwnedOnly ?? false, declared: declaredIn({ providers }, azureChecks) },
    }),
    records: readRecords(records),
    models: (models ?? []).map((model) => ({ ...model, destinations: destinations.get(model.id) ?? [] })),
    sharedIdentities: identity?.shared.map((pool) => buildShared(pool, directory)),
    workspaces: (workspaces ?? []).map(({ guardrail, rights, keys, groups, courses, ...workspace }) => ({
      ...workspace,
      ...(keys && { keys: readMemberKeys(keys) }),
      ...readBudgets({ groups, courses }, file.currency),
      ...(rights && { rights: readRights(rights) }),
      retention: readRetention(workspace.retention),
      identity: workspace.identity && buildIdentity(workspace.identity, directory),
      limits: inDollars({ ...workspace.limits }, file.currency),
      ...(guardrail && { guardrails: buildGuardrails(guardrail, regions.primary) }),
    })),
    ...buildProjects(projects, regions.primary, file.currency),
  };
}

type WrittenGuardrail = NonNullable<NonNullable<ResidencyFile['workspaces']>[number]['guardrail']>;

function buildProjects(
  written: ResidencyFile['projects'] = [],
  primary: string,
  currency: ResidencyFile['currency'],
): Pick<DeploymentConfig, 'projects' | 'openProjects'> {
  const { declared = [], open } = Array.isArray(written) ? { declared: written, open: undefined } : written;
  const guarded = <T extends { readonly guardrail?: WrittenGuardrail }>({ guardrail, ...tenant }: T) => ({
    ...tenant,
    ...(guardrail && { guardrails: buildGuardrails(guardrail, primary) }),
  });
  return {
    projects: declared.map((project) => ({
      ...guarded(project),
      limits: inDollars({ ...project.limits }, currency),
    })),
    ...(open && { openProjects: { ...guarded(open), limits: inDollars(open.limits, currency) } }),
  };
}

const buildGuardrails = (guardrail: WrittenGuardrail, primary: string): GuardrailConfig[] =>
  namedGuardrails(guardrail, [], primary).map(({ id = '', version = '', region, profile, key }) => ({
    id,
    version,
    region,
    ...(profile && { profile }),
    ...(key && { key }),
  }));

function buildRegions({ primary, recovery, ...left }: NonNullable<ResidencyFile['regions']>) {
  return { primaryRegion: primary, recoveryRegion: recovery, ...(left satisfies NoneLeft) };
}

function buildAlerts(alerts: NonNullable<ResidencyFile['alerts']>): AlertsConfig {
  if (Array.isArray(alerts)) return { kind: 'to', addresses: alerts };
  const { topic, none = '' } = alerts;
  return topic === undefined ? { kind: 'none', reason: none } : { kind: 'topic', arn: topic };
}

const buildBedrock = ({
  retention = 'manage',
  maxReadingAge,
  ...passed
}: NonNullable<ResidencyFile['bedrock']>): BedrockConfig => ({
  ...passed,
  retention,
  maxReadingAgeHours: maxReadingAge === undefined ? undefined : Number.parseInt(maxReadingAge, 10),
});
