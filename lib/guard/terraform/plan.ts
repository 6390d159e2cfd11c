import { isMap } from '../template/node';
import type { Json } from '../template/parse';
import { type ByName, byNameOf, instancesIn, modulesOf, withoutIndexes } from './address';
import { type ConfiguredModule, type Expressions, moduleAt, type ResourceConfiguration } from './configuration';
import { unknownByAddress } from './unknown';

/** A resource, data source or action with its values after the plan is applied. */
export interface PlannedResource {
  /** Its address, such as `module.logs["eu"].aws_s3_bucket.this[0]`. */
  readonly address: string;
  readonly mode: 'managed' | 'data' | 'action';
  /** The provider's name of the type. */
  readonly type: string;
  readonly name: string;
  /** The provider's address, such as `registry.terraform.io/hashicorp/aws`. */
  readonly provider: string;
  readonly values: Json;
  /** `true` in place of each value that is known only after the plan is applied. */
  readonly unknown: unknown;
  /** `true` in place of each value that is a secret. */
  readonly sensitive: unknown;
  /** The modules around it, with their indexes, such as `logs["eu"]`. */
  readonly modules: readonly string[];
  readonly configuration?: ResourceConfiguration;
}

/** A provider block. */
export interface ProviderConfiguration {
  readonly expressions: Expressions;
  readonly modules: readonly string[];
}

/** A plan of Terraform or OpenTofu, as `terraform show -json` writes it. */
export class Plan {
  /** All that exists after the plan is applied, and the data sources that are read only then. */
  public readonly resources: readonly PlannedResource[];
  /** The data sources that were read for the plan, and ephemeral resources, which are only read too. */
  public readonly data: readonly PlannedResource[];
  /** The rows of `resource_changes`. */
  public readonly changes: readonly Json[];
  /** What providers do besides when the plan is applied, such as calling a function. */
  public readonly actions: readonly PlannedResource[];
  private byName?: ByName<PlannedResource>;
  private dataByName?: ByName<PlannedResource>;
  private readonly root: ConfiguredModule;
  private readonly byModule = new Map<string, Configurations>();

  public constructor(private readonly document: Json) {
    this.root = below(document, 'configuration', 'root_module') as ConfiguredModule;
    this.changes = listIn(document, 'resource_changes');
    const unknown = unknownByAddress(this.changes);
    this.resources = resourcesIn(below(document, 'planned_values', 'root_module')).map((row) =>
      this.resource(row, unknown.get(textOf(row.address))),
    );
    this.data = [
      ...resourcesIn(below(document, 'prior_state', 'values', 'root_module')).filter(({ mode }) => mode === 'data'),
      ...this.changes.filter(({ mode }) => mode === 'ephemeral'),
    ].map((row) => this.resource(row, undefined));
    this.actions = listIn(document, 'action_invocations').map((row) => ({
      ...this.resource(
        { ...row, values: row.config_values, sensitive_values: row.config_sensitive },
        row.config_unknown,
      ),
      mode: 'action',
    }));
  }

  /** The configuration of a module; none if the plan doesn't contain it. */
  public module(names: readonly string[]): ConfiguredModule | undefined {
    return moduleAt(this.root, names.map(withoutIndexes));
  }

  /**
   * The resources with the name that expressions in a module use. A name or module without an index stands for all its instances.
   *
   * @param modules as in {@link PlannedResource.modules}
   */
  public find(modules: readonly string[], name: string): readonly PlannedResource[] {
    this.byName ??= byNameOf(this.resources);
    return instancesIn(this.byName, modules, name);
  }

  /** The data sources that were read for the plan, by the same names. */
  public findRead(modules: readonly string[], name: string): readonly PlannedResource[] {
    this.dataByName ??= byNameOf(this.data);
    return instancesIn(this.dataByName, modules, name);
  }

  /** The value of a variable of the root module. */
  public variable(name: string): unknown {
    const given = below(this.document, 'variables', name);
    return Object.hasOwn(given, 'value') ? given.value : this.root.variables?.[name]?.default;
  }

  /** A provider block by its key, such as `aws.replica` or `module.logs:aws`. */
  public provider(key: string): ProviderConfiguration | undefined {
    const row = below(this.document, 'configuration', 'provider_config', key);
    if (Object.keys(row).length === 0) return undefined;
    return { expressions: below(row, 'expressions'), modules: modulesOf(`${row.module_address ?? ''}.`) };
  }

  /** The resources of a module as they are written. */
  private configurations(modules: readonly string[]): Configurations {
    const key = modules.length === 0 ? '' : modules.map(withoutIndexes).join('.');
    const known = this.byModule.get(key);
    if (known !== undefined) return known;
    const result = new Map<string, Map<string, ResourceConfiguration>>();
    for (const row of this.module(modules)?.resources ?? []) {
      const kind = kindOf(row.mode ?? 'managed', textOf(row.type));
      const ofKind = result.get(kind);
      if (ofKind === undefined) result.set(kind, new Map([[textOf(row.name), row]]));
      else ofKind.set(textOf(row.name), row);
    }
    this.byModule.set(key, result);
    return result;
  }

  private resource(row: Json, unknown: unknown): PlannedResource {
    const { mode, values, sensitive_values } = row;
    const address = textOf(row.address);
    const type = textOf(row.type);
    const name = textOf(row.name);
    const modules = modulesOf(address);
    return {
      address,
      mode: mode === 'data' || mode === 'ephemeral' ? 'data' : 'managed',
      type,
      name,
      provider: textOf(row.provider_name),
      values: isMap(values) ? values : {},
      unknown,
      sensitive: sensitive_values,
      modules,
      configuration: this.configurations(modules)
        .get(kindOf(textOf(mode), type))
        ?.get(name),
    };
  }
}

/** The resources of a module as they are written, by {@link kindOf} and name. A key of all three texts would take longer to build. */
type Configurations = ReadonlyMap<string, ReadonlyMap<string, ResourceConfiguration>>;

const kindOf = (mode: string, type: string) => (mode === 'managed' ? type : `${mode} ${type}`);

/** A value that is a text in every plan that is whole. */
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : String(value));

/** The resources of a module and of those in it. */
function resourcesIn(module: Json): Json[] {
  const resources = listIn(module, 'resources');
  for (const child of listIn(module, 'child_modules')) for (const one of resourcesIn(child)) resources.push(one);
  return resources;
}

function below(map: Json, ...names: readonly string[]): Json {
  return names.reduce<Json>((node, name) => {
    const value = Object.hasOwn(node, name) ? node[name] : undefined;
    return isMap(value) ? value : {};
  }, map);
}

export const listIn = (map: Json, name: string): Json[] => {
  const value = map[name];
  return Array.isArray(value) ? value.filter(isMap) : [];
};
