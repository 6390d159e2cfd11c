/** Names of properties that can contain a location or a destination of data. */
const LOCATION_LIKE =
  /region|availabilityzone|zoneid|replica|global|edgelocation|outpost|accelerat|(?:endpoint|host|hostname|url|uri)s?$|bucket(?:name|arn)?$|(?:model|models|modelid|modelarn|inferenceprofile.*)$/i;

/** Those of a type's properties that must be classified. */
export function locationLike(paths: readonly string[]): string[] {
  return [...new Set(paths)].filter((pointer) => {
    const names = pointer.split('/').filter((name) => name !== '*');
    return LOCATION_LIKE.test(names.at(-1) ?? '');
  });
}
