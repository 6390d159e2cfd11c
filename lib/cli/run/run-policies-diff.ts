import { loadConfig } from '../../config/load';
import { perimeterScope } from '../../config/required-boundary';
import { boundaryPolicyName } from '../../contract/perimeter';
import { COLOURED, PLAIN, usesColour } from '../../guard/report/paint';
import { attachable } from '../../perimeter/organization/attachable';
import { perimeterDocuments } from '../../perimeter/organization/documents';
import { regionsOf } from '../../perimeter/organization/scope';
import { diffTable } from '../../report/policies/diff-table';
import type { FoundBoundary, OrganizationState } from '../../report/policies/organization-state';
import { type Difference, policyDiff } from '../../report/policies/policy-diff';
import { readBoundaryPolicy, readOrganization } from '../aws/organization/read-organization';
import { signIn } from '../aws/sign-in';
import { readPoliciesDiff } from '../policies/diff-options';
import { print, printError } from '../shared/print';
import { tableWidth } from '../shared/table-width';
import { UsageError } from '../shared/usage-error';

/** How the command calls AWS; tests set it. */
export interface PoliciesDiffOptions {
  readonly environment: NodeJS.ProcessEnv;
  /** How long one attempt of a call may take. */
  readonly timeoutMs: number;
}

/** Runs `policies diff`; the exit code. */
export async function runPoliciesDiff(
  args: readonly string[],
  { environment = process.env, timeoutMs = 10_000 }: Partial<PoliciesDiffOptions> = {},
): Promise<number> {
  const { config: file, target, format } = readPoliciesDiff(args);
  const { boundary, perimeter, deployment } = loadConfig(file);
  if (perimeter === undefined) {
    throw new UsageError(
      `${file}: 'perimeter' is missing, so there are no required policies; add 'perimeter: { organization: o-... }', with the ID that ` +
        "'aws organizations describe-organization' prints",
    );
  }
  const scope = perimeterScope({ boundary, perimeter, deployment });
  const documents = perimeterDocuments(scope);
  const [firstRegion = ''] = regionsOf(scope);
  const caller = await signIn({ boundary, environment, timeoutMs }, deployment?.primaryRegion ?? firstRegion);
  const types = [...new Set(attachable(documents).map(({ type }) => type))];
  const state = await readOrganization(caller, types, target);
  requireComparable(state, perimeter.organization, file, target);
  const name = boundaryPolicyName(deployment?.name);
  const found = perimeter.permissionsBoundary ? await readOwnBoundary(caller, name, target) : undefined;
  const differences = policyDiff(documents, { ...state, ...(found && { boundary: found }) });
  const notCompared = perimeter.permissionsBoundary && found === undefined ? ['permissions-boundary'] : [];
  show({ differences, notCompared, target }, format, environment);
  if (notCompared.length > 0 && format === 'pretty')
    printError(
      `the boundary '${name}' wasn't compared: it is in ${target === undefined ? 'each account of a deployment' : `account ${target}`}, ` +
        "which these credentials can't read; sign in to such an account, and name it by --target",
    );
  return differences.length === 0 ? 0 : 1;
}

/** The boundary of the caller's account, which is the only one that can be read; none if another account would have it. */
async function readOwnBoundary(
  caller: Parameters<typeof readBoundaryPolicy>[0],
  name: string,
  target: string | undefined,
): Promise<FoundBoundary | undefined> {
  if (target !== undefined && target !== caller.account) return undefined;
  const found = await readBoundaryPolicy(caller, name);
  // The account that may list policies needn't have a deployment.
  return target === undefined && found.content === undefined ? undefined : found;
}

function requireComparable(
  { organization }: Pick<OrganizationState, 'organization'>,
  declared: string,
  file: string,
  target: string | undefined,
): void {
  if (organization === undefined) return;
  if (organization.id !== declared) {
    throw new UsageError(
      `${file}: 'perimeter.organization' is '${declared}', but these credentials are of organization '${organization.id}'; sign in to an ` +
        'account of the organization that the file names, or correct the file',
    );
  }
  if (target === organization.managementAccount) {
    throw new UsageError(
      `--target: '${target}' is the management account, which service and resource control policies don't bind; name an organizational ` +
        'unit or another account',
    );
  }
}

interface Shown {
  readonly differences: readonly Difference[];
  readonly notCompared: readonly string[];
  readonly target: string | undefined;
}

function show(
  { differences, notCompared, target }: Shown,
  format: 'pretty' | 'json',
  environment: NodeJS.ProcessEnv,
): void {
  if (format === 'json') {
    print(JSON.stringify({ target: target ?? null, differences: differences.map(asJson), notCompared }, null, 2));
    return;
  }
  const paint = usesColour(process.stdout, environment) ? COLOURED : PLAIN;
  print(diffTable(differences, paint, { width: tableWidth(), target }));
}

const asJson = ({ kind, document, sid, found, fix }: Difference) => ({
  state: kind,
  document,
  sid: sid ?? null,
  found,
  fix,
});
