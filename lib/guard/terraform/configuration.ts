/** An expression as a plan shows it: its value if it is constant, otherwise only the names that it refers to. */
export interface Expression {
  readonly constant_value?: unknown;
  readonly references?: readonly string[];
}

/** Expressions by argument; a block is a list of further expressions. */
export type Expressions = Readonly<Record<string, unknown>>;

/** A resource as it is written. */
export interface ResourceConfiguration {
  readonly mode?: string;
  readonly type: string;
  readonly name: string;
  readonly provider_config_key?: string;
  readonly expressions?: Expressions;
  readonly for_each_expression?: Expression;
  readonly provisioners?: readonly { readonly type: string; readonly expressions?: Expressions }[];
}

/** A module as it is written, with the modules that it calls. */
export interface ConfiguredModule {
  readonly resources?: readonly ResourceConfiguration[];
  readonly variables?: Readonly<Record<string, { readonly default?: unknown; readonly sensitive?: boolean }>>;
  readonly outputs?: Readonly<Record<string, { readonly expression?: Expression }>>;
  readonly module_calls?: Readonly<Record<string, ModuleCall>>;
}

/** A call of a module, with what it gives the module. */
export interface ModuleCall {
  readonly expressions?: Expressions;
  readonly module?: ConfiguredModule;
  readonly for_each_expression?: Expression;
}

/** A module by the names of the calls that lead to it. */
export const moduleAt = (root: ConfiguredModule, names: readonly string[]): ConfiguredModule | undefined =>
  names.reduce<ConfiguredModule | undefined>((module, name) => module?.module_calls?.[name]?.module, root);
