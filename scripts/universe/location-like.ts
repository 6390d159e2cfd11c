/** Names of properties that can say where something is, or where data goes. */
const LOCATION_LIKE =
  /region|availabilityzone|zoneid|replica|global|edgelocation|outpost|accelerat|(?:endpoint|host|hostname|url|uri)s?$|bucket(?:name|arn)?$|(?:model|models|modelid|modelarn|inferenceprofile.*)$/i;

/** The properties of a type that somebody must have classified, from all of its properties. */
export function locationLike(paths: readonly string[]): string[] {
  return [...new Set(paths)].filter((pointer) => {
    const names = pointer.split('/').filter((name) => name !== '*');
    return LOCATION_LIKE.test(names.at(-1) ?? '');
  });
}
