/** Keys that name an output wherever they are. */
const OUTPUT =
  /^(?:S3Output(?:Path|Location|Uri)|Output(?:S3)?(?:Location|Uri|Path|Bucket|BucketName)|OutputS3(?:BucketName|Path)|Destination(?:S3Uri|Bucket|BucketName)|(?:S3)?LogUri)(?:\.\$)?$/i;
/** Keys that name an output below a parent that says so, and an input below others. */
const LOCATION = /^(?:S3)?(?:Uri|Bucket|BucketName|Path|Location|Prefix)(?:\.\$)?$/i;
const DIRECTION = /Input|Source|Output|Result|Destination|Capture|Checkpoint|Debug|Profiler|TensorBoard/gi;
const IN = /^(?:Input|Source)$/i;

/** An entry of a map that names where something is written. */
interface Output {
  readonly key: string;
  readonly node: unknown;
}

/**
 * The entries of a map that name an output in S3, by the names that the APIs of AWS use.
 *
 * @param parents the pointer to the map within the request; its last name of a direction decides
 */
export function outputsOf(map: Readonly<Record<string, unknown>>, parents: string): Output[] {
  const direction = parents.match(DIRECTION)?.at(-1);
  const isOutput = direction !== undefined && !IN.test(direction);
  return Object.entries(map)
    .filter(([key, node]) => OUTPUT.test(key) || (isOutput && LOCATION.test(key) && !isPrefix(key, node)))
    .map(([key, node]) => ({ key, node }));
}

/** A prefix or a path within a bucket that another key names. */
const isPrefix = (key: string, node: unknown) =>
  /(?:Path|Location|Prefix)(?:\.\$)?$/i.test(key) && (typeof node !== 'string' || !node.startsWith('s3://'));
