import type { DeclaredProvider } from '../../boundary/declared-provider';
import { type Draft, present } from '../read/draft';

type Written = NonNullable<NonNullable<Draft['providers']>['declared']>[number];

/** The valid providers of a file, in the form that decisions take; those without a name or service are left out. */
export function declaredIn({ providers }: Pick<Draft, 'providers'>): DeclaredProvider[] {
  return present(providers?.declared).flatMap(([, written]) => declared(written) ?? []);
}

function declared(written: NonNullable<Written>): DeclaredProvider | undefined {
  const { name, service, resource, region, deployments, maxCheckAge } = written;
  const { acceptsWiderEurope: accepts, zeroRetention, schemasMayLeave } = written;
  if (name === undefined || service === undefined) return undefined;
  const { reason, approver } = accepts ?? {};
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
          : [{ name: deployment, sku, model, ...(version !== undefined && { version }) }],
      ),
    }),
    ...(maxCheckAge !== undefined && { maxCheckAgeDays: Number.parseInt(maxCheckAge, 10) }),
  };
}
