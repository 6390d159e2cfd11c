import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DISABLE_ASSET_STAGING_CONTEXT } from 'aws-cdk-lib/cx-api';
import type { Construct } from 'constructs';
import type { ResidencyBoundary } from '../boundary/boundary';
import { gatewayBundle } from './gateway-bundle';
import type { GatewayTenant } from './gateway-tenant';
import type { DecidedModel } from './inference-model';

/** What the handler reads from `policy.json`, beside it: the same decisions that the role and the endpoint are made of. */
export interface GatewayPolicy {
  readonly boundary: string;
  readonly keepsContent: boolean;
  readonly tenant: { readonly kind: string; readonly ids: readonly string[] };
  readonly models: readonly {
    readonly id: string;
    readonly destinations: readonly { readonly region: string; readonly id: string }[];
  }[];
}

/** The policy of one gateway. */
export function gatewayPolicy(
  boundary: ResidencyBoundary,
  tenant: GatewayTenant,
  models: readonly DecidedModel[],
): GatewayPolicy {
  return {
    boundary: boundary.name,
    keepsContent: tenant.keepsContent,
    tenant: { kind: tenant.kind, ids: tenant.ids },
    models: models.map((model) => ({
      id: model.id,
      destinations: model.destinations.map(({ sourceRegion, id }) => ({ region: sourceRegion, id })),
    })),
  };
}

/**
 * The handler's bundle with a policy beside it, for as long as `use` runs. The policy is part of the code, not of the
 * environment, so it can't be changed without a deployment and has no 4 KB limit.
 */
export function withGatewayAsset<T>(scope: Construct, policy: GatewayPolicy, use: (directory: string) => T): T {
  // A fresh directory that only its owner can write: nobody else can slip a file into what is deployed.
  const directory = mkdtempSync(path.join(tmpdir(), 'gateway-'));
  try {
    cpSync(gatewayBundle(), directory, { recursive: true });
    writeFileSync(path.join(directory, 'policy.json'), `${JSON.stringify(policy, undefined, 2)}\n`);
    return use(directory);
  } finally {
    // CDK has copied it into the cloud assembly, unless it was told (`--no-staging`) to refer to it where it is.
    if (!scope.node.tryGetContext(DISABLE_ASSET_STAGING_CONTEXT)) rmSync(directory, { recursive: true, force: true });
  }
}
