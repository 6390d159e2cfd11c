/** A resource of a plan, with what differs from one that is created by the provider `aws` in Frankfurt. */
export interface PlanRow {
  readonly type: string;
  /** @default 'this' */
  readonly name?: string;
  readonly values?: object;
  /** `true` for each value that is known only after the plan is applied. */
  readonly unknown?: object;
  readonly expressions?: object;
  /** The key of its provider block. */
  readonly provider?: string;
  /** Its provider, with the registry if it isn't Terraform's. */
  readonly providerName?: string;
  readonly mode?: 'managed' | 'data';
  readonly sensitive?: object;
  readonly provisioners?: readonly object[];
}

const FRANKFURT = { aws: { name: 'aws', expressions: { region: { constant_value: 'eu-central-1' } } } };

/** A plan in the format of `terraform show -json`. */
export function planOf(rows: readonly PlanRow[], more: Readonly<Record<string, unknown>> = {}) {
  const { providers = FRANKFURT, root = {}, ...rest } = more as { providers?: object; root?: object };
  const addressOf = ({ mode, type, name = 'this' }: PlanRow) => `${mode === 'data' ? 'data.' : ''}${type}.${name}`;
  const providerOf = ({ type, providerName = `hashicorp/${type.split('_')[0]}` }: PlanRow) =>
    providerName.split('/').length === 3 ? providerName : `registry.terraform.io/${providerName}`;
  return {
    format_version: '1.2',
    terraform_version: '1.11.4',
    planned_values: {
      root_module: {
        resources: rows.map((row) => ({
          address: addressOf(row),
          mode: row.mode ?? 'managed',
          type: row.type,
          name: row.name ?? 'this',
          provider_name: providerOf(row),
          values: row.values ?? {},
          sensitive_values: row.sensitive ?? {},
        })),
      },
    },
    resource_changes: rows.map((row) => ({
      address: addressOf(row),
      change: { actions: ['create'], before: null, after: row.values ?? {}, after_unknown: row.unknown ?? {} },
    })),
    configuration: {
      provider_config: providers,
      root_module: {
        resources: rows.map((row) => ({
          mode: row.mode ?? 'managed',
          type: row.type,
          name: row.name ?? 'this',
          provider_config_key: row.provider ?? 'aws',
          expressions: row.expressions ?? constants(row.values ?? {}),
          ...(row.provisioners && { provisioners: row.provisioners }),
        })),
        ...root,
      },
    },
    ...rest,
  };
}

/** A reference of an expression, as a plan lists it. */
export const to = (resource: string, attribute: string) => ({ references: [`${resource}.${attribute}`, resource] });

function constants(values: object): object {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, constantOf(value)]));
}

function constantOf(value: unknown): unknown {
  const isBlocks = Array.isArray(value) && value.some((item) => typeof item === 'object');
  return isBlocks ? (value as object[]).map(constants) : { constant_value: value };
}
