import type { DeclaredProvider } from '../../boundary/declared-provider';
import type { FactLayer } from '../../facts/layers';

/** The policy that the egress function reads from `policy.json`. */
export interface EgressPolicy {
  readonly boundary: string;
  /** Rows newer than the package; none if the package's facts decide alone. */
  readonly facts?: readonly FactLayer[];
  /** Whether providers under non-EU law are refused. */
  readonly euOwnedOnly?: boolean;
  readonly providers: readonly EgressProvider[];
}

export interface EgressProvider extends DeclaredProvider {
  /** The name of the secret that holds its key. */
  readonly secret: string;
  /** The provider's models that any tenant may call. */
  readonly models: readonly EgressModel[];
}

export interface EgressModel {
  readonly model: string;
  readonly kind: 'text' | 'embedding';
  /** Whether a project may call it. */
  readonly servesProjects: boolean;
}
