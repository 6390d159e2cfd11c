import type { Refused } from '../boundary/decision';
import type { Service } from '../facts/services';

/** The basis of a value in the inventory. None of them means that it was read back from the account. */
export type Basis =
  /** The deployed resources enforce it. */
  | { readonly kind: 'enforced' }
  /** It holds only if the named writer sets the value that the store asks for. */
  | { readonly kind: 'set'; readonly by: string }
  /** The provider states it; only the date of the statement is known. */
  | {
      readonly kind: 'claimed';
      readonly by: string;
      readonly asOf: string;
      /** The facts release that has its row; none for a row of the package. */
      readonly origin?: string;
      readonly stale: boolean;
    }
  /** No deployed resource enforces it. */
  | { readonly kind: 'none' };

/** A value in the inventory, with its basis. */
export interface Cell {
  readonly text: string;
  readonly basis: Basis;
}

/** A store or gateway of a deployment. Its Region is enforced: a template is deployed there or not at all. */
export interface InventoryLine {
  readonly stack: string;
  /** The template's file, as given. */
  readonly file: string;
  readonly logicalId: string;
  /** The path of its construct below the stack, or its logical id. */
  readonly name: string;
  /** What it is, in the service's terms. */
  readonly kind: string;
  readonly region: string;
  readonly country: Cell;
  /** The key that encrypts it: the construct of a customer managed key, or a description of another key. */
  readonly key?: Cell;
  /** How long it retains its content. */
  readonly retention?: Cell;
  /** How long a bucket retains the objects below a prefix that has a rule of its own. */
  readonly parts?: readonly StorePart[];
  /** What a gateway can call, in the order in which it tries them. */
  readonly destinations: readonly DestinationLine[];
  /** Set at a gateway that refuses providers whose owner isn't under EU law. */
  readonly euOwnedOnly?: true;
}

/** The objects of a bucket below a prefix. */
export interface StorePart {
  readonly prefix: string;
  readonly retention: Cell;
}

/** A model or profile that a gateway can call, or the profile of a guardrail that evaluates its calls. */
export interface DestinationLine {
  readonly id: string;
  /** The Region in which it is called; the stack's own for a server of its network. */
  readonly sourceRegion: string;
  /** Every Region that may process a request; none for a server of the deployment's own network. */
  readonly regions: readonly string[];
  /** The foundation model behind it; none for a server or the profile of a guardrail. */
  readonly modelId?: string;
  /** The models that it serves, each with its position among their destinations: `assistant 1`. */
  readonly models: readonly string[];
  /** Every Region that may process a request, with its country. */
  readonly processedIn: Cell;
  /** What the model's provider retains while the Region's retention mode is `none`. */
  readonly providerRetains: Cell;
  /** Who admitted it, if no release of the facts allows it. */
  readonly admitted?: string;
  /** Of a destination outside AWS: its host and company. */
  readonly external?: ExternalLine;
  /** Why the boundary refuses it. Its Regions are then those that are known. */
  readonly refused?: Pick<Refused, 'reason' | 'detail'>;
}

/** The host outside AWS at which a destination is called, and the company behind it. */
export interface ExternalLine {
  /** The name of the declared provider. */
  readonly name: string;
  readonly service: Service;
  /** The provider's own name, such as `Azure`. */
  readonly provider: string;
  readonly host: string;
  /** The company that offers it to customers in the EU; null if no source names it. */
  readonly company: string | null;
  /** The country of the law that its owner is under, in ISO 3166-1 alpha-2; null if no source names it. */
  readonly ownerCountry: string | null;
  /** Whether the host is behind a CDN that others share; null if no source says it. */
  readonly sharedCdn: boolean | null;
  /** What it retains of every customer. */
  readonly retainsAnyway: string;
  /** The contract by which it retains no content, as the owner declares it. */
  readonly contract?: string;
  /** Why a place wider than the boundary is accepted. */
  readonly accepted?: string;
  /** Azure: the SKU that decides on the place, and the day on which it was read; without the day, the owner claims it. */
  readonly deployment?: { readonly sku: string; readonly readOn?: string };
}

export const ENFORCED: Basis = { kind: 'enforced' };
export const NOTHING: Basis = { kind: 'none' };
export const BY_DEPLOYER: Basis = { kind: 'set', by: 'the deployer' };
