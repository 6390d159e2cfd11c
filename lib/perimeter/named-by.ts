/** The logical IDs that an intrinsic function of a template names itself. */
export function namedBy(key: string, value: unknown): string[] {
  if (key === 'Ref' && typeof value === 'string') return [value];
  const [first] = [value].flat();
  if (typeof first !== 'string') return [];
  if (key === 'Fn::GetAtt') return first.split('.').slice(0, 1);
  if (key !== 'Fn::Sub') return [];
  return [...first.matchAll(/\$\{([^!}.][^}.]*)/g)].map(([, name = '']) => name.trim());
}

/** Where a value of a template names a resource. */
export interface Named {
  readonly path: readonly string[];
  readonly logicalId: string;
}

/** The places in which a value of a template names resources. Intrinsic functions aren't part of a path. */
export function* namedIn(value: unknown, path: readonly string[] = []): Generator<Named, void, undefined> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, part] of Object.entries(value)) {
    for (const logicalId of namedBy(key, part)) yield { path, logicalId };
    yield* namedIn(part, /^(Ref$|Fn::)/.test(key) ? path : [...path, key]);
  }
}
