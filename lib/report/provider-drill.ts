/** The report of a drill of a provider, with times in seconds. It holds no content. */
export interface ProviderDrillReport {
  readonly report: 'provider-drill';
  readonly provider: string;
  readonly model: string;
  /** When the provider was taken out of use, in ISO 8601. */
  readonly at: string;
  /** The destination that answered before. */
  readonly before: string;
  /** Until other destinations answered; none if they didn't within a minute. */
  readonly outAfterSeconds?: number;
  /** Until the provider answered again, after its readmission; none if it didn't within a minute. */
  readonly backAfterSeconds?: number;
  readonly requests: { readonly sent: number; readonly failed: number };
  /** The number of answers of each destination, sorted by its name. */
  readonly answers: Readonly<Record<string, number>>;
  readonly passed: boolean;
}

/** Whether a drill shows that others answered, that the provider returned, and that no request was lost. */
export const isPassed = ({
  outAfterSeconds,
  backAfterSeconds,
  requests: { failed },
}: Pick<ProviderDrillReport, 'outAfterSeconds' | 'backAfterSeconds' | 'requests'>): boolean =>
  outAfterSeconds !== undefined && backAfterSeconds !== undefined && failed === 0;
