import type { Stack } from 'aws-cdk-lib/core';
import type { DomainStack } from '../../stacks/domain-stack';
import type { FoundationStack } from '../../stacks/foundation-stack';
import type { RegionalRoutesStack } from '../../stacks/regional-routes-stack';

/** The stacks that all tenants use. */
export interface Shared {
  readonly foundation: FoundationStack;
  readonly regionalRoutes?: RegionalRoutesStack;
  readonly domain?: DomainStack;
}

/** Deploys a tenant after the account's setting for access logs and the routes, which it needs without a reference. */
export function afterShared<T extends Stack>(stack: T, { foundation, regionalRoutes }: Shared): T {
  stack.addStackDependency(foundation);
  if (regionalRoutes) stack.addStackDependency(regionalRoutes);
  return stack;
}
