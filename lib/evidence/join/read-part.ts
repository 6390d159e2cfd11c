import { ResidencyBoundary } from '../../boundary/boundary';
import { visible } from '../../html/visible';
import type { Evidence, EvidencePart } from '../core/evidence';
import { evidenceSchema } from '../core/evidence-schema';
import { sha256 } from '../core/sha256';

/** The report of one account, as it was read. */
export interface Part {
  readonly account: string;
  readonly evidence: Evidence;
  readonly stated: EvidencePart;
}

const WRITE_AGAIN = "write the account's report again with this version";

/**
 * The report of an account.
 *
 * @param bytes of its `evidence.json`
 * @param signedBy the key by which its files were verified; none if they weren't
 * @returns the report, or why it can't be part of another one
 */
export function readPart(bytes: Buffer, signedBy?: string): Part | string {
  const parsed = evidenceSchema.safeParse(json(bytes));
  if (!parsed.success) return `its evidence.json isn't a report of format 1 (${firstOf(parsed.error)}); ${WRITE_AGAIN}`;
  const evidence = parsed.data as Evidence;
  const { boundary, date, templates, parts } = evidence.head;
  if (parts !== undefined)
    return 'it is a report over several accounts itself; name the report of each account instead';
  const accounts = [...new Set(templates.map(({ account }) => account))];
  const [account] = accounts;
  if (accounts.length !== 1 || account === undefined)
    return (
      `its stacks name ${accounts.length > 1 ? `${accounts.length} accounts (${accounts.map((one) => visible(one ?? 'none')).join(', ')})` : 'no account'}; ` +
      "set 'account' in residency.yaml, or 'env' of each stack, to the one account, synthesize, and write the report again"
    );
  if (!/^\d{12}$/.test(account))
    return `its account '${visible(account)}' isn't one, which has 12 digits; ${WRITE_AGAIN}`;
  if (!isDay(date)) return `its date '${visible(date)}' isn't a day as YYYY-MM-DD; ${WRITE_AGAIN}`;
  if (!isBoundary(boundary.name)) return `its boundary '${visible(boundary.name)}' isn't one; ${WRITE_AGAIN}`;
  return { account, evidence, stated: { account, date, sha256: sha256(bytes), ...(signedBy && { signedBy }) } };
}

function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString() === `${text}T00:00:00.000Z`;
}

function isBoundary(name: string): boolean {
  try {
    ResidencyBoundary.parse(name);
    return true;
  } catch {
    return false;
  }
}

function json(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    return undefined;
  }
}

const firstOf = ({ issues: [first] }: { readonly issues: readonly { path: PropertyKey[]; message: string }[] }) =>
  first === undefined || first.path.length === 0
    ? "it isn't JSON of a report"
    : visible(`${first.path.join('.')}: ${first.message}`);
