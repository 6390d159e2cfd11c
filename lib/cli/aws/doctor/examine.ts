import { type DoctorLine, linesOf } from '../../../report/doctor/doctor-line';
import { UsageError } from '../../shared/usage-error';
import { account } from './account';
import { bootstrap } from './bootstrap';
import { cdkCli } from './cdk-cli';
import { countedQuotas } from './counted-quotas';
import { egressQuotas } from './egress-quotas';
import { enabledRegions } from './enabled-regions';
import { endpointZones } from './endpoint-zones';
import { factsRelease } from './facts-release';
import { givenEndpoints } from './given-endpoints';
import { guardrails } from './guardrails';
import { invocationLogging } from './invocation-logging';
import { logRole } from './log-role';
import { modelAccess } from './model-access';
import { modelLife } from './model-life';
import { modelQuotas } from './model-quotas';
import { nodeVersion } from './node-version';
import { profiles } from './profiles';
import { providerKeys } from './provider-keys';
import { providerStates } from './provider-states';
import { quotas } from './quotas';
import { retentionMode } from './retention-mode';
import { roleQuota } from './role-quota';
import { scimLeftovers } from './scim-leftovers';
import { serviceControlPolicies } from './service-control-policies';
import { stacks } from './stacks';
import type { Check, Subject } from './subject';
import { trustedAccess } from './trusted-access';
import { useCaseForm } from './use-case-form';

/** The checks, in the order in which they are shown. */
export const CHECKS: Readonly<Record<string, Check>> = {
  'Node.js': nodeVersion,
  'CDK CLI': cdkCli,
  'facts release': factsRelease,
  account,
  'Region enabled': enabledRegions,
  'CDK bootstrap': bootstrap,
  stacks,
  'SCIM turned off': scimLeftovers,
  'endpoint zones': endpointZones,
  'endpoints of the VPC': givenEndpoints,
  'provider key': providerKeys,
  'provider state': providerStates,
  'where profiles lead': profiles,
  'model access': modelAccess,
  'use-case form': useCaseForm,
  'model life': modelLife,
  guardrail: guardrails,
  'retention mode': retentionMode,
  'trusted access': trustedAccess,
  'invocation logging': invocationLogging,
  'service control policies': serviceControlPolicies,
  quota: quotas,
  'egress quota': egressQuotas,
  'fixed quota': countedQuotas,
  'role quota': roleQuota,
  'model quota': modelQuotas,
  'API Gateway log role': logRole,
};

/** Runs all checks in parallel; one that exceeds its deadline, or fails unexpectedly, is one line. */
export async function examine(
  subject: Subject,
  deadlineMs: number,
  checks: Readonly<Record<string, Check>> = CHECKS,
): Promise<DoctorLine[]> {
  const all = Object.entries(checks).map(([name, check]) => bounded(name, check, subject, deadlineMs));
  return (await Promise.all(all)).flat();
}

async function bounded(
  name: string,
  check: Check,
  subject: Subject,
  deadlineMs: number,
): Promise<readonly DoctorLine[]> {
  const lines = linesOf(name)();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<readonly DoctorLine[]>((resolve) => {
    const found = `it took longer than ${deadlineMs / 1_000} seconds`;
    timer = setTimeout(() => resolve([lines.notVisible(found, 'try again in a few minutes')]), deadlineMs);
  });
  try {
    return await Promise.race([check(subject), late]);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    return [
      lines.notVisible(
        `it failed (${(error as Error).name})`,
        'try again; if it still fails, report it with this line',
      ),
    ];
  } finally {
    clearTimeout(timer);
  }
}
