import type { BedrockApiFact, ModelFact, ModelRetentionFact, ModelTraitsFact, OnDemandModelFact } from './model-facts';
import type { FactsRelease } from './release-facts';
import type { HostFact, ProfileFact, ProviderFact, ServiceFact } from './types';

/**
 * The tables that a facts release and an owner can renew between two versions of the package. Places (Regions, zones and
 * countries) aren't among them, so only a new version can change what is inside a boundary.
 */
export interface FactTables {
  readonly profiles: readonly ProfileFact[];
  readonly onDemandModels: readonly OnDemandModelFact[];
  readonly modelRetention: readonly ModelRetentionFact[];
  readonly models: readonly ModelFact[];
  readonly modelTraits: readonly ModelTraitsFact[];
  readonly bedrockApis: readonly BedrockApiFact[];
  readonly hosts: readonly HostFact[];
  readonly providers: readonly ProviderFact[];
}

/** The tables of a version of the package: with the services outside AWS, of which only a new version changes how they are called. */
export interface PackagedTables extends FactTables {
  /** None where no such service is called. */
  readonly services?: readonly ServiceFact[];
}

/** The name of a table that can be renewed. */
export type TableName = keyof FactTables;

/** Whose word a row is. */
export type FactOrigin =
  /** A signed facts release, accepted by `eu-residency facts update`. */
  | { readonly kind: 'release'; readonly version: number }
  /** Bedrock's own answer in the owner's account, admitted by two people until a day. */
  | {
      readonly kind: 'admitted';
      readonly requestedBy: string;
      readonly approvedBy: string;
      readonly reason: string;
      /** The first day on which the row no longer counts. */
      readonly expires: string;
    };

/** Rows that are newer than the package, and whose word they are. */
export interface FactLayer extends Partial<FactTables> {
  readonly origin: FactOrigin;
  /** The dates of a facts release; none in a policy, whose rows are filtered. */
  readonly release?: FactsRelease;
}

/** A row in force; without an origin it is the package's. */
export type InForce<T> = T & { readonly origin?: FactOrigin };

/**
 * Only the rows of layers that decide on these models, profiles and APIs, and on these providers outside AWS by their names in the tables
 * of providers and hosts; a layer without any is left out.
 */
export function layersFor(
  layers: readonly FactLayer[],
  ids: ReadonlySet<string>,
  outside: ReadonlySet<string> = new Set(),
): FactLayer[] {
  return layers.flatMap(
    ({ origin, profiles, onDemandModels, modelRetention, models, modelTraits, bedrockApis, ...other }) => {
      const tables: Partial<FactTables> = Object.fromEntries(
        [
          ...Object.entries({ profiles, onDemandModels, modelRetention, models, modelTraits, bedrockApis }).map(
            ([name, rows = []]) => [name, rows.filter((row) => ids.has(nameOf(row)))] as const,
          ),
          ...Object.entries({ hosts: other.hosts, providers: other.providers }).map(
            ([name, rows = []]) => [name, rows.filter(({ provider }) => outside.has(provider))] as const,
          ),
        ].filter(([, rows]) => rows.length > 0),
      );
      return Object.keys(tables).length === 0 ? [] : [{ origin, ...tables }];
    },
  );
}

const nameOf = (row: { readonly id: string } | { readonly modelId: string } | { readonly api: string }): string =>
  'id' in row ? row.id : 'api' in row ? row.api : row.modelId;
