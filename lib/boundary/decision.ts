/** What kind of value a place was read from. */
export type PlaceKind = 'region' | 'zone' | 'country' | 'host' | 'arn' | 'destination' | 'unknown';

/** What a value points to, as far as the facts can tell. */
export interface Place {
  readonly kind: PlaceKind;
  /** The value that was judged, as it was given. */
  readonly value: string;
  readonly region?: string;
  /** ISO 3166-1 alpha-2. */
  readonly country?: string;
}

/** Why a place is refused; a closed set, so that every caller can tell the cases apart. */
export type RefusalReason =
  /** A known place that the boundary doesn't hold. */
  | 'outside'
  /** The facts hold no row for it. */
  | 'unknown'
  /** The facts hold only a row of low confidence. */
  | 'unreliable'
  /** Not the exact spelling that the service uses: upper case, white space, user information, a trailing dot. */
  | 'malformed'
  /** Correct, but it carries no Region: the place depends on something else. */
  | 'placeless'
  /** Served from wherever the provider chooses: a global endpoint, profile or edge network. */
  | 'anywhere'
  /** Inside by itself, but this source Region may send it to a place outside. */
  | 'routes-outside'
  /** No list of destinations is known for this source Region. */
  | 'no-route'
  /** The Region doesn't serve this model itself. */
  | 'not-served'
  /** Hides what it leads to, such as an application inference profile. */
  | 'opaque'
  /** The provider may keep content where nothing may be kept. */
  | 'keeps-content';

export interface Inside {
  readonly inside: true;
  readonly place: Place;
}

export interface Refused {
  readonly inside: false;
  readonly place: Place;
  readonly reason: RefusalReason;
  /** One sentence without full stop: what was found, and what would be right where that is known. */
  readonly detail: string;
}

/** Whether a value stays inside a boundary, with the place it points to. */
export type Decision = Inside | Refused;

export const inside = (place: Place): Inside => ({ inside: true, place });

export const refused = (place: Place, reason: RefusalReason, detail: string): Refused => ({
  inside: false,
  place,
  reason,
  detail,
});
