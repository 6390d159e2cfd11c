/** Names of properties that can contain a location or a destination of data. */
const LOCATION_LIKE =
  /region|availabilityzone|zoneid|replica|global|edgelocation|outpost|accelerat|(?:endpoint|host|hostname|url|uri)s?$|bucket(?:name|arn)?$|(?:model|models|modelid|modelarn|inferenceprofile.*)$/i;

/** Those of a type's properties that must be classified. */
export function locationLike(paths: readonly string[]): string[] {
  const places = new Set(namedPlaces(paths));
  return [...new Set(paths)].filter((pointer) => LOCATION_LIKE.test(lastName(pointer)) || places.has(pointer));
}

/** Names whose value is a host or a bucket; the value doesn't reveal its country, so the name alone can be a destination. */
const HOST = /(?:endpoint|host|hostname|url|uri)s?$/i;
const BUCKET =
  /(?:bucket(?:name|arn|path|uri|url|location|root)?s?|s3(?:uri|url|path|location|arn|bucket(?:name|arn)?|folder)?)$/i;
/** A place below a name such as `S3Configuration`, or one to which something is written. */
const LOCATION = /(?:path|location|destination|destinationconfig|arn|directory)s?$/i;
const WRITTEN =
  /destination|output|export|fail|artifact|log|report|result|temp|intermediate|cache|warehouse|fallback|home|storage|recording/i;
const WRITTEN_BELOW = /(?:output|export|reports?destination|datastorage\w*|result\w*)\/(?:\*\/)?$/i;
const IN_S3 = /S3|bucket/i;
/** ARNs of other services, and identities. */
const OTHER =
  /(?:role|kms|key|secret|certificate|topic|queue|group|stream|cluster|table|database|template|function|profile|domain|application|permission|workspace)(?:s?arn|name)?s?$/i;

/**
 * Those of a type's properties that name a host or a bucket, so that it must be known whether data is sent or written there,
 * read from there, or neither. Properties that have properties of their own name nothing.
 */
export function namedPlaces(paths: readonly string[]): string[] {
  const parents = new Set(paths.flatMap(parentsOf));
  return [...new Set(paths)].filter(
    (pointer) => !parents.has(pointer) && !parents.has(`${pointer}/*`) && isNamedPlace(pointer),
  );
}

function isNamedPlace(pointer: string): boolean {
  const name = lastName(pointer);
  if (HOST.test(name) || BUCKET.test(name)) return true;
  if (!LOCATION.test(name) || OTHER.test(name.replace(/arns?$/i, ''))) return false;
  const above = pointer.slice(0, pointer.lastIndexOf(name));
  return IN_S3.test(above) || WRITTEN.test(name) || WRITTEN_BELOW.test(above);
}

/** The pointers to everything above a property. */
const parentsOf = (pointer: string) =>
  [...pointer.matchAll(/\//g)].map(({ index }) => pointer.slice(0, index)).filter((above) => above !== '');

const lastName = (pointer: string) =>
  pointer
    .split('/')
    .filter((name) => name !== '*')
    .at(-1) ?? '';
