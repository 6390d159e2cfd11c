import { matchesParts, matchesText } from './glob';

/** A place that an owner knows and the facts don't; exactly one of `host`, `bucket` and `type` is given. */
export interface DeclaredPlace {
  /** Host, by whole labels: `*` is one label, `**` several. */
  readonly host?: string;
  /** Name of a bucket; `*` is any text. */
  readonly bucket?: string;
  /** Type of a resource, such as `Datadog::*`; `*` is any text. */
  readonly type?: string;
  /** ISO 3166-1 alpha-2 code of the country in which it keeps and processes data. */
  readonly country: string;
  readonly reason: string;
}

/** Where hosts, buckets and third-party types are, as their owner declares it. The first row that matches counts. */
export class DeclaredPlaces {
  /** No place is declared. */
  public static none(): DeclaredPlaces {
    return new DeclaredPlaces([]);
  }

  public constructor(private readonly rows: readonly DeclaredPlace[]) {}

  /** The country of a host; none when nobody declared it. */
  public hostCountry(host: string): string | undefined {
    // A `**` stands for one label at least: `**.example.de` isn't `example.de`.
    const globs = (glob: string) => glob.toLowerCase().replace(/(^|\.)\*\*(?=\.|$)/g, '$1*.**');
    const name = host.toLowerCase();
    return this.rows.find((row) => row.host !== undefined && matchesParts(globs(row.host), name, '.'))?.country;
  }

  /** The country of a bucket; none when nobody declared it. */
  public bucketCountry(name: string): string | undefined {
    return this.rows.find((row) => row.bucket !== undefined && matchesText(row.bucket, name))?.country;
  }

  /** The country of a type of resource; none when nobody declared it. */
  public typeCountry(type: string): string | undefined {
    // `Custom::X` is a name that whoever writes the template chooses: it says nothing of where its handler is.
    if (isCustomType(type)) return undefined;
    return this.rows.find((row) => row.type !== undefined && matchesText(row.type, type))?.country;
  }
}

/** Whether a type is a custom resource, which any function can stand behind. */
export const isCustomType = (type: string): boolean =>
  type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource';
