import type { Facts } from '../facts/facts';
import { EEA_EXTRA_COUNTRIES, EU_COUNTRIES } from '../facts/generated/countries';
import { REGIONS } from '../facts/generated/regions';
import { findRegion } from '../facts/region';
import { isReliable } from '../facts/reliance';
import type { RegionFact } from '../facts/types';

/**
 * The set of places that count as inside the boundary. It is declared once; guard, policies, gateway and evidence are
 * derived from it.
 *
 * Membership is looked up in dated tables, never decided by a prefix: `eu-west-2` is London, and `eusc-de-east-1` is in
 * the EU.
 */
export class ResidencyBoundary {
  /** The 27 member states of the European Union, in every AWS partition. */
  public static eu(): ResidencyBoundary {
    return new ResidencyBoundary('eu', EU_COUNTRIES);
  }

  /** The European Economic Area: the EU plus Iceland, Liechtenstein and Norway. */
  public static eea(): ResidencyBoundary {
    return new ResidencyBoundary('eea', [...EU_COUNTRIES, ...EEA_EXTRA_COUNTRIES]);
  }

  /**
   * Only these countries.
   *
   * @param codes ISO 3166-1 alpha-2 codes of EEA countries, in upper case: `DE`, `FR`
   * @throws if the list is empty or a code isn't that of an EEA country
   */
  public static countries(...codes: string[]): ResidencyBoundary {
    const allowed = [...EU_COUNTRIES, ...EEA_EXTRA_COUNTRIES];
    if (codes.length === 0) throw new Error(`a boundary needs at least one country, one of ${allowed.join(', ')}`);
    for (const code of codes) {
      if (!allowed.includes(code)) {
        throw new Error(
          `a boundary may contain only EEA countries, got '${code}'; use one of ${allowed.join(', ')}, in upper case`,
        );
      }
    }
    const unique = [...new Set(codes)].sort();
    return new ResidencyBoundary(unique.join(','), unique);
  }

  /**
   * Only these AWS Regions. A Local Zone of such a Region is inside the boundary if it is in the Region's own country.
   *
   * @param codes codes of Regions in the EEA: `eu-central-1`, `eu-west-3`
   * @throws if the list is empty or a Region isn't known to be in the EEA
   */
  public static regions(...codes: string[]): ResidencyBoundary {
    const allowed = REGIONS.filter((region) => region.eea && isReliable(region));
    const regions = codes.map((code) => {
      const region = allowed.find((candidate) => candidate.code === code);
      if (region) return region;
      const country = findRegion(code)?.country;
      throw new Error(
        `a boundary may contain only EEA Regions, got '${code}'${country ? `, which is in ${country}` : ''}; ` +
          `use one of ${allowed.map((candidate) => candidate.code).join(', ')}`,
      );
    });
    if (regions.length === 0) {
      throw new Error(`a boundary needs at least one Region, one of ${allowed.map((r) => r.code).join(', ')}`);
    }
    const unique = [...new Set(codes)].sort();
    return new ResidencyBoundary(unique.join(','), [...new Set(regions.map((region) => region.country))], unique);
  }

  /**
   * Parses a boundary in the format of `residency.yaml` and the command line.
   *
   * @param text `eu`, `eea`, or country or Region codes separated by commas: `DE,FR`
   * @throws if the text is none of these
   */
  public static parse(text: string): ResidencyBoundary {
    if (text === 'eu') return ResidencyBoundary.eu();
    if (text === 'eea') return ResidencyBoundary.eea();
    const codes = text.split(',').map((code) => code.trim());
    return codes.every((code) => /-/.test(code))
      ? ResidencyBoundary.regions(...codes)
      : ResidencyBoundary.countries(...codes);
  }

  private constructor(
    /** `eu`, `eea`, or its codes, sorted and separated by commas. */
    public readonly name: string,
    private readonly countries: readonly string[],
    private readonly onlyRegions?: readonly string[],
    /**
     * The facts about models and hosts, if they aren't the package's; read them with `factsOf`.
     *
     * @internal
     */
    public readonly _facts?: Facts,
  ) {}

  /**
   * The same boundary, deciding by other facts about models and hosts. What is inside it stays the same.
   *
   * @internal
   */
  public _withFacts(facts: Facts): ResidencyBoundary {
    return new ResidencyBoundary(this.name, this.countries, this.onlyRegions, facts);
  }

  /** ISO 3166-1 alpha-2 codes of the countries that it covers, at least in part. */
  public get countryCodes(): string[] {
    return [...this.countries];
  }

  /** Whether every place in this country is inside the boundary. A boundary of Regions contains no whole country. */
  public containsCountry(code: string): boolean {
    return this.onlyRegions === undefined && this.countries.includes(code);
  }

  /** Whether the Region with exactly this code is inside the boundary; an unknown code isn't. */
  public containsRegion(code: string): boolean {
    const region = findRegion(code);
    return region !== undefined && isReliable(region) && this.admits(region);
  }

  /**
   * Whether a zone in this country, with this parent Region, is inside the boundary.
   *
   * @internal
   */
  public _containsZone(parentRegion: string, country: string): boolean {
    return this.onlyRegions === undefined
      ? this.containsCountry(country)
      : this.onlyRegions.includes(parentRegion) && findRegion(parentRegion)?.country === country;
  }

  /**
   * The codes of the Regions inside the boundary, sorted.
   *
   * @param partition only those of this partition, such as `aws` or `aws-eusc`
   */
  public regionCodes(partition?: string): string[] {
    return REGIONS.filter((region) => isReliable(region) && this.admits(region))
      .filter((region) => partition === undefined || region.partition === partition)
      .map((region) => region.code)
      .sort();
  }

  /** Its name in messages: `the EU`, `the EEA`, or its codes. */
  public get label(): string {
    return { eu: 'the EU', eea: 'the EEA' }[this.name] ?? this.name;
  }

  private admits(region: RegionFact): boolean {
    return this.onlyRegions === undefined
      ? this.countries.includes(region.country)
      : this.onlyRegions.includes(region.code);
  }
}
