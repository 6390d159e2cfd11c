import type { Stack } from 'aws-cdk-lib/core';
import type { DomainStack } from '../../stacks/domain-stack';
import type { EgressStack } from '../../stacks/egress-stack';
import type { FoundationStack } from '../../stacks/foundation-stack';
import type { RegionalRoutesStack } from '../../stacks/regional-routes-stack';

/** The stacks that all tenants use. */
export interface Shared {
  readonly foundation: FoundationStack;
  readonly regionalRoutes?: RegionalRoutesStack;
  readonly egress?: EgressStack;
  readonly domain?: DomainStack;
}

/** Deploys a tenant after the account's setting for access logs, the routes and the egress, which it needs without a reference. */
export function afterShared<T extends Stack>(stack: T, { foundation, regionalRoutes, egress }: Shared): T {
  stack.addStackDependency(foundation);
  if (egress) stack.addStackDependency(egress);
  if (regionalRoutes) stack.addStackDependency(regionalRoutes);
  return stack;
}
