import { lastDayOf } from './age';
import type { FactLayer, FactTables, InForce, PackagedTables, TableName } from './layers';
import type {
  BedrockApiFact,
  ModelFact,
  ModelKind,
  ModelRetentionFact,
  ModelTraitsFact,
  OnDemandModelFact,
} from './model-facts';
import type { FactsRelease } from './release-facts';
import { isReliable } from './reliance';
import type { Service } from './services';
import type { HostFact, ProfileFact, ProviderFact, ServiceFact, Sourced } from './types';

type Row<T extends TableName> = InForce<FactTables[T][number]>;

/**
 * The facts in force: the package's tables, and above them a facts release and rows that the owner admitted. The newest
 * reliable row of a key counts. A row that refuses counts in every layer, whatever a newer one allows.
 */
export class Facts {
  /** The rows of each key, the one that counts first. */
  private readonly tables = new Map<TableName, Map<string, readonly Row<TableName>[]>>();

  /**
   * @param clock the time by which a model has ended or an admitted row has expired
   */
  constructor(
    private readonly packaged: PackagedTables,
    /** The rows above the package's tables; a later layer wins over an earlier one of the same date. */
    public readonly layers: readonly FactLayer[] = [],
    private readonly clock: () => Date = () => new Date(),
  ) {}

  /** The same tables with further rows above them. */
  public with(...layers: readonly FactLayer[]): Facts {
    return layers.length === 0 ? this : new Facts(this.packaged, [...this.layers, ...layers], this.clock);
  }

  /** The same facts with other tables of the package. */
  public _including(tables: Partial<PackagedTables>): Facts {
    return new Facts({ ...this.packaged, ...tables }, this.layers, this.clock);
  }

  /** The same facts at another time. */
  public at(clock: () => Date): Facts {
    return new Facts(this.packaged, this.layers, clock);
  }

  /** Today, `YYYY-MM-DD` in UTC. */
  public get today(): string {
    return this.clock().toISOString().slice(0, 10);
  }

  /** The facts release among the layers; none if there is none. */
  public get release(): FactsRelease | undefined {
    return this.layers.find(({ release }) => release !== undefined)?.release;
  }

  /** The cross-Region profile with exactly this id, of any kind. */
  public profile(id: string): InForce<ProfileFact> | undefined {
    return this.rows('profiles', id)[0];
  }

  /** The row of a profile that counts for a source Region: the newest, but an admitted row speaks only of its own Region. */
  public profileFrom(id: string, sourceRegion: string): InForce<ProfileFact> | undefined {
    const rows = this.rows('profiles', id);
    const speaks = ({ origin, routes }: InForce<ProfileFact>) =>
      origin?.kind !== 'admitted' || (routes !== null && Object.hasOwn(routes, sourceRegion));
    return rows.find(speaks) ?? rows[0];
  }

  /** Every reliable row of a profile; a Region outside the boundary in any of them refuses it. */
  public everyProfile(id: string): readonly InForce<ProfileFact>[] {
    return this.rows('profiles', id).filter(isReliable);
  }

  /** The row of a model that counts for a Region: an admitted row speaks only of its own Region. */
  public onDemandModelFrom(modelId: string, region: string): InForce<OnDemandModelFact> | undefined {
    const rows = this.rows('onDemandModels', modelId);
    return rows.find(({ origin, regions }) => origin?.kind !== 'admitted' || regions.includes(region)) ?? rows[0];
  }

  /** The model that Regions serve themselves under exactly this id, and in which Regions. */
  public onDemandModel(modelId: string): InForce<OnDemandModelFact> | undefined {
    return this.rows('onDemandModels', modelId)[0];
  }

  /** What a model's provider retains. A reliable row that it retains content counts before any that it doesn't. */
  public retention(modelId: string): InForce<ModelRetentionFact> | undefined {
    const rows = this.rows('modelRetention', modelId);
    return rows.find((row) => isReliable(row) && (row.underNone === 'blocked' || (row.days ?? 0) > 0)) ?? rows[0];
  }

  /**
   * A model's maker, kind and life; none for a model of which nothing is known. The earliest end in any reliable row counts: no newer
   * row puts it off.
   */
  public model(modelId: string): InForce<ModelFact> | undefined {
    const [newest, ...older] = this.rows('models', modelId);
    const others = older.filter(isReliable);
    if (newest === undefined || others.length === 0) return newest;
    const earliest = (day: 'legacyFrom' | 'endsAt') =>
      [newest, ...others].flatMap((row) => row[day] ?? []).sort()[0] ?? null;
    return { ...newest, legacyFrom: earliest('legacyFrom'), endsAt: earliest('endsAt') };
  }

  /** The purpose of a model, also by rows that have expired. */
  public kindEver(modelId: string): ModelKind | undefined {
    return (this.table('models').get(modelId) as readonly ModelFact[] | undefined)?.[0]?.kind;
  }

  /** What a model accepts, by these tables alone; `traitsOf` adds the package's. */
  public _traits(modelId: string): InForce<ModelTraitsFact> | undefined {
    return this.rows('modelTraits', modelId).find(isReliable);
  }

  /** The first day on which no row that fits counts any more; none if a row that fits doesn't expire, or none fits. */
  public expiryOf<T extends TableName>(name: T, key: string, fits: (row: Row<T>) => boolean): string | undefined {
    const days = this.rows(name, key)
      .filter((row) => isReliable(row) && fits(row))
      .map(({ origin }) => (origin?.kind === 'admitted' ? origin.expires : undefined));
    return days.includes(undefined) ? undefined : days.sort().at(-1);
  }

  /** The day on which the last admitted row of a key expired; none if none has. */
  public expiredOn(name: TableName, key: string): string | undefined {
    return (this.table(name).get(key) ?? [])
      .flatMap(({ origin }) => (origin?.kind === 'admitted' && origin.expires <= this.today ? [origin.expires] : []))
      .sort()
      .at(-1);
  }

  /** Whether a promise is true of an API of Bedrock. A reliable row that it isn't counts before any that it is. */
  public bedrockApi(
    api: BedrockApiFact['api'],
    promise: BedrockApiFact['promise'],
  ): InForce<BedrockApiFact> | undefined {
    const rows = this.rows('bedrockApis', `${api} ${promise}`);
    return rows.find((row) => isReliable(row) && !row.holds) ?? rows[0];
  }

  /** A provider other than AWS. */
  public provider(name: string): InForce<ProviderFact> | undefined {
    return this.rows('providers', name)[0];
  }

  /** A service outside AWS that can be called by OpenAI's protocol. */
  public service(name: Service): ServiceFact | undefined {
    return this.packaged.services?.find(({ service }) => service === name);
  }

  public get profiles(): readonly InForce<ProfileFact>[] {
    return this.newest('profiles');
  }

  public get onDemandModels(): readonly InForce<OnDemandModelFact>[] {
    return this.newest('onDemandModels');
  }

  public get modelRetention(): readonly InForce<ModelRetentionFact>[] {
    return this.newest('modelRetention');
  }

  public get bedrockApis(): readonly InForce<BedrockApiFact>[] {
    return this.newest('bedrockApis');
  }

  public get models(): readonly InForce<ModelFact>[] {
    return this.newest('models');
  }

  /** Every host, with the rows of all layers that refuse it. */
  public get hosts(): readonly InForce<HostFact>[] {
    return [...this.table('hosts').values()].flatMap(([first, ...older]) =>
      first === undefined ? [] : [first, ...older.filter((row) => !(row as HostFact).euOnly)],
    ) as InForce<HostFact>[];
  }

  private newest<T extends TableName>(name: T): readonly Row<T>[] {
    return [...this.table(name).keys()].flatMap((key) => this.rows(name, key).slice(0, 1));
  }

  /** The rows of a key in force today, the one that counts first. */
  private rows<T extends TableName>(name: T, key: string): readonly Row<T>[] {
    const rows = (this.table(name).get(key) ?? []) as readonly Row<T>[];
    return rows.some(({ origin }) => origin?.kind === 'admitted')
      ? rows.filter(({ origin }) => origin?.kind !== 'admitted' || origin.expires > this.today)
      : rows;
  }

  private table(name: TableName): Map<string, readonly Row<TableName>[]> {
    const built = this.tables.get(name);
    if (built !== undefined) return built;
    const byKey = new Map<string, readonly Row<TableName>[]>();
    const add = (row: Row<TableName>) => byKey.set(keyOf(name, row), [row, ...(byKey.get(keyOf(name, row)) ?? [])]);
    for (const row of this.packaged[name]) add(row);
    for (const { origin, [name]: rows = [] } of this.layers) for (const row of rows) add({ ...row, origin });
    for (const [key, rows] of byKey) if (rows.length > 1) byKey.set(key, [...rows].sort(byWeight));
    this.tables.set(name, byKey);
    return byKey;
  }
}

/** A reliable row before an unreliable one, then the newer before the older; later layers stand first already. */
const byWeight = (a: Sourced, b: Sourced): number =>
  Number(isReliable(b)) - Number(isReliable(a)) || lastDayOf(b.asOf).getTime() - lastDayOf(a.asOf).getTime();

function keyOf(name: TableName, row: Row<TableName>): string {
  switch (name) {
    case 'profiles':
      return (row as ProfileFact).id;
    case 'bedrockApis': {
      const { api, promise } = row as BedrockApiFact;
      return `${api} ${promise}`;
    }
    case 'hosts': {
      const { provider, name: product, host } = row as HostFact;
      return `${provider} ${product} ${host}`;
    }
    case 'providers':
      return (row as ProviderFact).provider;
    default:
      return (row as ModelFact).modelId;
  }
}
