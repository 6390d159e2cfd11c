/** What the function that writes the ledger of requests reads from `policy.json`. */
export interface LedgerPolicy {
  readonly boundary: string;
  /** The ledger's name in its account and Region. */
  readonly ledger: string;
  /** What the names of the gateways' log groups begin with, up to the part that CloudFormation chooses. */
  readonly logGroups: readonly string[];
  /** How long what is written is locked, and retained. */
  readonly days: number;
  readonly lockMode: 'GOVERNANCE' | 'COMPLIANCE';
}
