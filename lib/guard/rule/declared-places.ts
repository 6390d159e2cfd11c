import { matchesParts, matchesText } from './glob';

/** A place that an app's owner knows and the facts don't; exactly one of `host`, `bucket` and `type` is set. */
export interface DeclaredPlace {
  /** Host, by whole labels: `*` is one label, `**` several. */
  readonly host?: string;
  /** Bucket name; `*` is any text. */
  readonly bucket?: string;
  /** Resource type, such as `Datadog::*`; `*` is any text. */
  readonly type?: string;
  /** ISO 3166-1 alpha-2 code of the country where it stores and processes data. */
  readonly country: string;
  readonly reason: string;
}

/** The places of hosts, buckets and third-party types, as the app's owner declares them. The first matching row applies. */
export class DeclaredPlaces {
  /** No place is declared. */
  public static none(): DeclaredPlaces {
    return new DeclaredPlaces([]);
  }

  public constructor(private readonly rows: readonly DeclaredPlace[]) {}

  /** The country of a host; none if undeclared. */
  public hostCountry(host: string): string | undefined {
    // A `**` stands for at least one label: `**.example.de` doesn't match `example.de`.
    const globs = (glob: string) => glob.toLowerCase().replace(/(^|\.)\*\*(?=\.|$)/g, '$1*.**');
    const name = host.toLowerCase();
    return this.rows.find((row) => row.host !== undefined && matchesParts(globs(row.host), name, '.'))?.country;
  }

  /** The country of a bucket; none if undeclared. */
  public bucketCountry(name: string): string | undefined {
    return this.rows.find((row) => row.bucket !== undefined && matchesText(row.bucket, name))?.country;
  }

  /** The country of a resource type; none if undeclared. */
  public typeCountry(type: string): string | undefined {
    // The template's author chooses the name `Custom::X`, which doesn't reveal the place of its handler.
    if (isCustomType(type)) return undefined;
    return this.rows.find((row) => row.type !== undefined && matchesText(row.type, type))?.country;
  }
}

/** Whether a type is a custom resource, which any function can implement. */
export const isCustomType = (type: string): boolean =>
  type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource';
