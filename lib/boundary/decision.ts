/** The kind of value that a place was read from. */
export type PlaceKind = 'region' | 'zone' | 'country' | 'host' | 'arn' | 'destination' | 'unknown';

/** The place that a value points to, as far as the facts show. */
export interface Place {
  readonly kind: PlaceKind;
  /** The checked value, as given. */
  readonly value: string;
  readonly region?: string;
  /** ISO 3166-1 alpha-2. */
  readonly country?: string;
}

/** The reason why a place is refused; a closed set, so that every caller can distinguish the cases. */
export type RefusalReason =
  /** A known place outside the boundary. */
  | 'outside'
  /** The facts contain no row for it. */
  | 'unknown'
  /** The facts contain only a row of low confidence. */
  | 'unreliable'
  /** Not the exact spelling that the service uses: upper case, white space, user information, a trailing dot. */
  | 'malformed'
  /** Correct, but without a Region: the place depends on something else. */
  | 'placeless'
  /** The provider chooses the place: a global endpoint, profile or edge network. */
  | 'anywhere'
  /** Itself inside the boundary, but it may route outside from this source Region. */
  | 'routes-outside'
  /** No list of destinations is known for this source Region. */
  | 'no-route'
  /** The Region doesn't serve this model itself, or the provider doesn't serve it in a way that can be called. */
  | 'not-served'
  /** The provider no longer serves the model. */
  | 'ended'
  /** Only a row that the owner admitted allowed it, and that row has expired. */
  | 'expired'
  /** Hides its destinations, such as an application inference profile. */
  | 'opaque'
  /** The provider may retain content where zero retention is required. */
  | 'keeps-content'
  /** The provider's owner isn't known to be under the law of an EU member state, which the owner of the deployment requires. */
  | 'not-eu-owned';

export interface Inside {
  readonly inside: true;
  readonly place: Place;
}

export interface Refused {
  readonly inside: false;
  readonly place: Place;
  readonly reason: RefusalReason;
  /** One sentence without a full stop: the value found and, if known, what would be correct. */
  readonly detail: string;
}

/** Whether a value stays inside a boundary, with the place that it points to. */
export type Decision = Inside | Refused;

export const inside = (place: Place): Inside => ({ inside: true, place });

export const refused = (place: Place, reason: RefusalReason, detail: string): Refused => ({
  inside: false,
  place,
  reason,
  detail,
});
