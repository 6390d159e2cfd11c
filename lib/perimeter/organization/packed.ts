import type { PerimeterPolicy, PerimeterStatement, PolicyDocument } from './document';
import { type OrganizationPolicyKind, policyLimit } from './policy-limits';
import { policyText } from './policy-text';
import type { PerimeterScope } from './scope';
import type { Topic } from './statement';

/** What makes documents smaller. */
const SHRINK = "narrow the boundary, or list fewer 'deployRoles', 'managementRoles' or 'deployments'";

/** A perimeter that AWS can't attach. */
export class PerimeterError extends Error {
  public override readonly name = 'PerimeterError';
}

interface Part {
  readonly refuses: string;
  readonly statement: PerimeterStatement;
}

/**
 * Packs the statements of each group of topics into the group's own document, so that a change of one group doesn't move the statements of
 * another. A statement for which that document has no room goes to the next one that has. A statement stays whole: a `NotAction` or
 * `NotResource` that is split over two denials denies everything.
 *
 * @throws PerimeterError if a statement exceeds a document of its own, or the documents exceed the number that AWS attaches
 */
export function packed(
  { partition }: PerimeterScope,
  kind: OrganizationPolicyKind,
  groups: readonly (readonly Topic[])[],
): PolicyDocument[] {
  const limit = policyLimit(kind, partition);
  const documents: Part[][] = groups.map(() => []);
  const hasRoom = (document: readonly Part[], part: Part) => sizeOf([...document, part]) <= limit.characters;
  const late: { readonly part: Part; readonly home: number }[] = [];
  groups.forEach((topics, home) => {
    for (const part of partsOf(topics)) {
      const own = documents[home] as Part[];
      if (hasRoom(own, part)) own.push(part);
      else late.push({ part, home });
    }
  });
  for (const { part, home } of late) {
    const alone = sizeOf([part]);
    if (alone > limit.characters) {
      throw new PerimeterError(
        `the statement '${part.statement.Sid}' has ${alone} characters, but ${partition} accepts ${limit.characters} in a document ` +
          `(${limit.source}), and a denial can't be split without a change of its meaning; ${SHRINK}`,
      );
    }
    // The later documents are updated before the earlier ones, so that a statement is in the new place before it leaves the old one.
    const next = [...documents.slice(home + 1), ...documents.slice(0, home)].find((one) => hasRoom(one, part));
    if (next === undefined) documents.push([part]);
    else next.push(part);
  }
  if (documents.length > limit.own) {
    throw new PerimeterError(
      `the perimeter needs ${documents.length} documents of the kind '${kind}', but ${partition} attaches at most ${limit.own} in addition to its own ` +
        `(${limit.source}); ${SHRINK}`,
    );
  }
  return documents.map((document, index) => ({
    kind,
    name: groups.length === 1 && index === 0 ? kind : `${kind}-${index + 1}`,
    description: `Denies ${[...new Set(document.map(({ refuses }) => refuses))].join('; ')}.`,
    content: policyOf(document),
  }));
}

const partsOf = (topics: readonly Topic[]): Part[] =>
  topics.flatMap(({ refuses, statements }) => statements.map((statement) => ({ refuses, statement })));

const policyOf = (document: readonly Part[]): PerimeterPolicy => ({
  Version: '2012-10-17',
  Statement: document.map(({ statement }) => statement),
});

const sizeOf = (document: readonly Part[]): number => policyText(policyOf(document)).length;
