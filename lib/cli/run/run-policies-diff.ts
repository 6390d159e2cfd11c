import { loadConfig } from '../../config/load';
import { perimeterScope } from '../../config/required-boundary';
import { boundaryPolicyName } from '../../contract/perimeter';
import { COLOURED, PLAIN, usesColour } from '../../guard/report/paint';
import { attachable } from '../../perimeter/organization/attachable';
import { perimeterDocuments } from '../../perimeter/organization/documents';
import { regionsOf } from '../../perimeter/organization/scope';
import { diffTable } from '../../report/policies/diff-table';
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
  // The boundary is in each tenant's account, and only the caller's can be read.
  const readsBoundary = perimeter.permissionsBoundary && (target === undefined || target === caller.account);
  const name = boundaryPolicyName(deployment?.name);
  const found = readsBoundary ? await readBoundaryPolicy(caller, name) : undefined;
  const differences = policyDiff(documents, { ...state, ...(found && { boundary: found }) });
  show(differences, format, environment);
  if (perimeter.permissionsBoundary && !readsBoundary && format === 'pretty')
    printError(
      `the boundary '${name}' is in account ${target}, which these credentials can't read; sign in to it to compare it`,
    );
  return differences.length === 0 ? 0 : 1;
}

function show(differences: readonly Difference[], format: 'pretty' | 'json', environment: NodeJS.ProcessEnv): void {
  if (format === 'json') print(JSON.stringify({ differences: differences.map(asJson) }, null, 2));
  else print(diffTable(differences, usesColour(process.stdout, environment) ? COLOURED : PLAIN, tableWidth()));
}

const asJson = ({ kind, document, sid, found, fix }: Difference) => ({
  state: kind,
  document,
  sid: sid ?? null,
  found,
  fix,
});
