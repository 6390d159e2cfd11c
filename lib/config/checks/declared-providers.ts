import type { AzureCheck, AzureDeployment, DeclaredProvider } from '../../boundary/declared-provider';
import { type Draft, present } from '../read/draft';

type Written = NonNullable<NonNullable<Draft['providers']>['declared']>[number];

/**
 * The valid providers of a file, in the form that decisions take; those without a name or service are left out. A deployment in Azure has
 * the day of its check result, if that says the same.
 */
export function declaredIn({ providers }: Pick<Draft, 'providers'>, checks: readonly AzureCheck[]): DeclaredProvider[] {
  return present(providers?.declared).flatMap(([, written]) => declared(written, checks) ?? []);
}

/** How a check result differs from a declared deployment: the key, and what Azure reported; none if it says the same. */
export function differenceFrom(
  check: AzureCheck,
  provider: Pick<DeclaredProvider, 'resource' | 'region'>,
  deployment: Omit<AzureDeployment, 'name' | 'readOn'>,
): readonly [key: 'resource' | 'region' | 'sku' | 'model' | 'version', reported: string] | undefined {
  if (check.resource !== provider.resource) return ['resource', check.resource];
  if (check.region !== provider.region) return ['region', check.region];
  if (check.sku !== deployment.sku) return ['sku', check.sku];
  if (check.model !== deployment.model) return ['model', check.model];
  if (deployment.version === undefined || check.version === deployment.version) return undefined;
  return ['version', check.version ?? 'none'];
}

function declared(written: NonNullable<Written>, checks: readonly AzureCheck[]): DeclaredProvider | undefined {
  const { name, service, resource, region, deployments, maxCheckAge } = written;
  const { acceptsWiderEurope: accepts, zeroRetention, schemasMayLeave } = written;
  if (name === undefined || service === undefined) return undefined;
  const { reason, approver } = accepts ?? {};
  const checked = (deployment: AzureDeployment): AzureDeployment => {
    const check = checks.find((one) => one.provider === name && one.name === deployment.name);
    if (check === undefined || differenceFrom(check, { resource, region }, deployment)) return deployment;
    return { ...deployment, readOn: check.readOn };
  };
  return {
    name,
    service,
    ...(resource !== undefined && { resource }),
    ...(region !== undefined && { region }),
    ...(reason !== undefined && { accepted: approver === undefined ? reason : `${reason} (${approver})` }),
    ...(zeroRetention?.contract !== undefined && { zeroRetention: zeroRetention.contract }),
    ...(schemasMayLeave === true && { schemasMayLeave }),
    ...(deployments && {
      deployments: present(deployments).flatMap(([, { name: deployment, sku, model, version }]) =>
        deployment === undefined || sku === undefined || model === undefined
          ? []
          : [checked({ name: deployment, sku, model, ...(version !== undefined && { version }) })],
      ),
    }),
    ...(maxCheckAge !== undefined && { maxCheckAgeDays: Number.parseInt(maxCheckAge, 10) }),
  };
}
