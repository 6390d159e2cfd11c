import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { ResidencyBoundary } from '../../boundary/boundary';
import { whyUnguarded } from '../../boundary/guardrail';
import type { PolicyGuardrail } from '../../contract/policies/gateway-policy';
import { OPEN_PROJECTS } from '../../contract/tenant';
import { versionArn } from '../../perimeter/guardrail-statements';
import type { DecidedModel } from '../checks/inference-model';
import type { Foundation } from '../foundation/foundation';
import { type DecidedGuardrail, decideGuardrails, type InferenceGuardrail } from '../guardrails/inference-guardrail';
import type { GatewayTenant } from './gateway-tenant';

/** The most guardrails of a gateway: their ARNs share the 4 KB of a function's environment with other values. */
const MOST = 20;

/** The guardrails of the tenants behind one gateway. */
export class GatewayGuardrails {
  /** Each guardrail once, in the order of the variable `GUARDRAILS`. */
  public readonly all: readonly DecidedGuardrail[];

  /** Whether each tenant has one, so that the role needs no call without. */
  public readonly isComplete: boolean;

  private readonly ofTenant = new Map<string, readonly DecidedGuardrail[]>();

  /** @throws if one is outside the boundary, isn't the foundation's, or can't check each destination of its tenant's models */
  constructor(
    private readonly scope: Construct,
    boundary: ResidencyBoundary,
    tenant: GatewayTenant,
    foundation: Foundation,
    models: readonly DecidedModel[],
  ) {
    const each = tenant.members
      ? [{ id: tenant.ids[0] ?? '', models: undefined, guardrails: tenant.guardrails }]
      : [...tenant.servedProjects, ...(tenant.openProjects ? [{ id: OPEN_PROJECTS, ...tenant.openProjects }] : [])];
    for (const { id, models: names, guardrails = [] } of each) {
      if (guardrails.length === 0) continue;
      const own = models.filter((model) => names === undefined || names.includes(model.id));
      this.ofTenant.set(id, this.decided(boundary, foundation, `${tenant.kind} '${id}'`, guardrails, own));
    }
    const byArn = new Map([...this.ofTenant.values()].flat().map((guardrail) => [this.nameOf(guardrail), guardrail]));
    this.all = [...byArn.values()];
    this.isComplete = this.ofTenant.size === each.length;
    if (this.all.length > MOST) {
      throw new Error(
        `${scope.node.path}: the tenants of a gateway must share at most ${MOST} guardrails because its function's environment names each, ` +
          `got ${this.all.length}; let projects share guardrails, or serve some by another gateway`,
      );
    }
  }

  /** The guardrails of a tenant, as the policy names them; undefined if it has none. */
  public named(tenant: string): PolicyGuardrail[] | undefined {
    const names = this.all.map((guardrail) => this.nameOf(guardrail));
    return this.ofTenant.get(tenant)?.map((guardrail) => ({
      region: guardrail.region,
      at: names.indexOf(this.nameOf(guardrail)),
      profile: guardrail.profile?.id,
    }));
  }

  /** The value of the variable `GUARDRAILS`; undefined if there are none. */
  public get variable(): string | undefined {
    return this.all.length === 0 ? undefined : this.all.map((guardrail) => this.nameOf(guardrail)).join(' ');
  }

  private decided(
    boundary: ResidencyBoundary,
    foundation: Foundation,
    whose: string,
    named: readonly InferenceGuardrail[],
    models: readonly DecidedModel[],
  ): DecidedGuardrail[] {
    const { path } = this.scope.node;
    const guardrails = decideGuardrails(this.scope, boundary, named);
    const regions = guardrails.map(({ region }) => region);
    const repeated = regions.find((region, at) => regions.indexOf(region) !== at);
    if (repeated !== undefined) {
      throw new Error(
        `${path}: 'guardrails' of ${whose} must have one per Region because a call has one, got two in '${repeated}'; keep one of them`,
      );
    }
    const unknown = guardrails.find(
      ({ id, region, profile }) =>
        !foundation._guardrails.some(
          (other) => other.id === id && other.region === region && other.profile?.id === profile?.id,
        ),
    );
    if (unknown !== undefined) {
      throw new Error(
        `${path}: 'guardrails' of ${whose} must be guardrails of ${foundation.node.path} because its Bedrock endpoint denies all others, ` +
          `got another one in '${unknown.region}'; add it, with its profile, to the 'guardrails' of the foundation`,
      );
    }
    for (const { id, destinations } of models) {
      for (const destination of destinations) {
        const why = whyUnguarded(boundary, destination, regions);
        if (why === undefined) continue;
        throw new Error(
          `${path}: each model of ${whose} must be checked by its guardrail, got model '${id}' with destination '${destination.id}': ${why}`,
        );
      }
    }
    return guardrails;
  }

  private nameOf(guardrail: DecidedGuardrail): string {
    const { partition, account } = Stack.of(this.scope);
    return versionArn({ partition, account }, guardrail);
  }
}
