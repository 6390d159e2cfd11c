import path from 'node:path';
import { ResidencyBoundary } from '../boundary/boundary';
import type { AzureCheck } from '../boundary/declared-provider';
import type { ProfileRow } from '../boundary/profile-row';
import type { Declarations } from '../guard/declarations/declarations';
import { buildDeployment } from './build';
import { checkAzureChecks } from './checks/azure-checks';
import { checkBackground } from './checks/background';
import { checkBudgets } from './checks/budgets';
import { checkCaching } from './checks/caching';
import type { Check, Subject } from './checks/check';
import { checkCourses } from './checks/courses';
import { checkNeededKeys, checkSomethingToDeploy } from './checks/deployment';
import { deprecatedKeys } from './checks/deprecated-keys';
import { resolveModels } from './checks/destinations';
import { checkDomain } from './checks/domain';
import { checkEgress } from './checks/egress';
import { checkEmbeddings } from './checks/embeddings';
import { checkGuardrails } from './checks/guardrails';
import { checkIdentities } from './checks/identity';
import { checkInvocationLogging } from './checks/invocation-logging';
import { checkNetwork } from './checks/network';
import { checkNotYet } from './checks/not-yet';
import { checkPerimeter } from './checks/perimeter';
import { checkProviders } from './checks/providers';
import { checkReferences } from './checks/references';
import { checkRegions } from './checks/regions';
import { checkRetainedContent } from './checks/retained-content';
import { checkScim } from './checks/scim';
import { checkSharedParts } from './checks/shared-parts';
import { checkReservedIds, checkUniqueEntries, checkUniqueIds } from './checks/unique';
import { egressExceptions } from './egress-exceptions';
import { loadAzureChecks } from './load-azure-checks';
import { withFactsIn } from './load-facts';
import { loadProfileRows } from './load-profile-rows';
import type { DeploymentConfig, ResidencyConfig } from './model/config';
import { readPerimeter } from './model/perimeter';
import { DEPLOYED, type Purpose } from './model/purpose';
import { ConfigError, mistakeLine } from './read/config-error';
import { valueAt } from './read/draft';
import { located } from './read/located';
import type { Path } from './read/problem';
import { readConfigFile } from './read/read-file';
import { checkShape } from './read/shape';
import { readYaml } from './read/yaml-source';
import { readBoundary } from './read-boundary';
import { readDeclared } from './read-declarations';
import { requiredBoundary } from './required-boundary';
import { type ResidencyFile, residencySchema } from './schema/schema';

const CHECKS: readonly Check[] = [
  checkNeededKeys,
  checkSomethingToDeploy,
  checkRegions,
  checkNetwork,
  checkEgress,
  checkProviders,
  checkAzureChecks,
  checkDomain,
  checkSharedParts,
  checkUniqueIds,
  checkReservedIds,
  checkUniqueEntries,
  checkReferences,
  checkInvocationLogging,
  checkIdentities,
  checkScim,
  checkBackground,
  checkCourses,
  checkCaching,
  checkPerimeter,
];

/**
 * Reads and checks a `residency.yaml`.
 *
 * @param file its path; messages show it as given
 * @param purpose whether to deploy or to serve it
 * @param profileRows Regions that the provider itself reported for profiles; by default those of the file next to it
 * @param clock the time by which a model has ended or an admitted row has expired; by default the machine's
 * @throws ConfigError with every mistake that the file has
 */
export function loadConfig(
  file: string,
  purpose: Purpose = DEPLOYED,
  profileRows?: readonly ProfileRow[],
  clock?: () => Date,
): ResidencyConfig {
  const text = readConfigFile(file, "name another one, or create it; the smallest content is 'boundary: eu'");
  const folder = path.dirname(file);
  return readConfig(
    text,
    file,
    purpose,
    profileRows ?? loadProfileRows(folder),
    (boundary, raw) => withFactsIn({ folder, raw }, boundary, clock),
    loadAzureChecks(folder),
  );
}

/**
 * Checks the text of a `residency.yaml`.
 *
 * @param file its name in messages; paths in the text are relative to its directory
 * @param purpose whether to deploy or to serve it
 * @param profileRows Regions that the provider itself reported for profiles
 * @param withFacts gives the boundary the facts next to the file; by default it has the package's
 * @param azureChecks deployments of models that Azure itself reported
 * @throws ConfigError with every mistake that the text has, or that those facts have
 */
export function readConfig(
  text: string,
  file: string,
  purpose: Purpose = DEPLOYED,
  profileRows: readonly ProfileRow[] = [],
  withFacts: (boundary: ResidencyBoundary, raw: unknown) => ResidencyBoundary = (boundary) => boundary,
  azureChecks: readonly AzureCheck[] = [],
): ResidencyConfig {
  const source = readYaml(text);
  if (source.value === undefined) throw new ConfigError(located(source, file, []));
  const { value: raw } = source;
  const shape = checkShape(raw, residencySchema, source.plainTextAt);
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    throw new ConfigError(located(source, file, shape.problems));
  }

  const directory = path.dirname(path.resolve(file));
  const declared = readBoundary(valueAt(raw, ['boundary']));
  const boundary = declared instanceof ResidencyBoundary ? withFacts(declared, raw) : undefined;
  const primary = shape.draft.regions?.primary;
  const isInside = primary !== undefined && boundary?.containsRegion(primary);
  const subject: Subject = {
    raw,
    draft: shape.draft,
    boundary,
    primary: isInside ? primary : undefined,
    profileRows,
    azureChecks,
    purpose,
    directory,
  };
  const models = resolveModels(subject);
  const lineOf = (at: Path) => source.positionOf(at).line;
  const owner = readDeclared({ raw, draft: shape.draft, problems: shape.problems, file, lineOf });
  const problems = [
    ...(declared instanceof ResidencyBoundary ? [] : declared),
    ...owner.problems,
    ...CHECKS.flatMap((check) => check(subject)),
    ...models.problems,
    ...checkRetainedContent(subject, models),
    ...checkEmbeddings(subject, models),
    ...checkGuardrails(subject, models),
    ...checkBudgets(subject, models),
  ];
  const mistakes = located(source, file, [...problems, ...checkNotYet(subject, purpose.notYet, problems)]);
  if (mistakes.length > 0 || boundary === undefined) throw new ConfigError(mistakes);

  const approved = {
    file: shape.draft as ResidencyFile,
    boundary,
    directory,
    destinations: models.destinations,
    azureChecks,
  };
  const deployment = buildDeployment(approved);
  const warnings = located(source, file, deprecatedKeys(raw)).map(mistakeLine);
  const { organisation } = approved.file;
  const perimeter = readPerimeter(approved.file);
  const permissionsBoundary = requiredBoundary(boundary, perimeter, deployment);
  const declarations: Declarations = {
    ...withAccepted(owner.declarations, approved, deployment),
    ...(permissionsBoundary && { permissionsBoundary }),
  };
  return {
    boundary,
    declarations,
    profileRows,
    warnings,
    ...(organisation && { organisation }),
    ...(perimeter && { perimeter }),
    ...(deployment && { deployment }),
  };
}

/** A file's declarations, and those that follow from what it accepts for a deployment. */
const withAccepted = (
  declarations: Declarations,
  { boundary, file }: { readonly boundary: ResidencyBoundary; readonly file: ResidencyFile },
  deployment: DeploymentConfig | undefined,
): Declarations => ({
  ...declarations,
  exceptions: [...declarations.exceptions, ...(deployment ? egressExceptions(boundary, deployment, file) : [])],
});
