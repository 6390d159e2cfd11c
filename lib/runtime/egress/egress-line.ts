import type { TenantKind } from '../../contract/tenant';

/** The log line of a request. Every text is from the policy or this package, an address, or was checked against a closed form. */
export interface EgressLine {
  readonly event: 'egress';
  readonly tenant?: TenantKind;
  readonly provider?: string;
  readonly model?: string;
  readonly host?: string;
  readonly address?: string;
  /** The provider's status; 0 if it didn't answer. */
  readonly status: number;
  /** The provider's ID of the request. */
  readonly requestId?: string;
  readonly failure?: string;
  /** Why the request was refused, or what to do. */
  readonly detail?: string;
  /** Bytes of the provider's answer that were passed on. */
  readonly bytes: number;
  readonly ms: number;
}

/** Writes a line as it is. Lambda wraps the lines of `console.log`. */
export const writeEgressLine = (line: EgressLine): void => void process.stdout.write(`${JSON.stringify(line)}\n`);
