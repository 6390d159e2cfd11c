import type { PerimeterPolicy, PerimeterStatement, PolicyDocument } from './document';
import { type OrganizationPolicyKind, policyLimit } from './policy-limits';
import { policyText } from './policy-text';
import type { PerimeterScope } from './scope';
import type { Topic } from './statement';

/** A perimeter that AWS can't attach. */
export class PerimeterError extends Error {
  public override readonly name = 'PerimeterError';
}

interface Part {
  readonly refuses: string;
  readonly statement: PerimeterStatement;
}

/**
 * Packs the statements of the topics into few documents: each into the first that has room. A statement stays whole: a `NotAction` or
 * `NotResource` that is split over two denials denies everything.
 *
 * @throws PerimeterError if a statement exceeds a document of its own, or the documents exceed the number that AWS attaches
 */
export function packed(
  { partition }: PerimeterScope,
  kind: OrganizationPolicyKind,
  topics: readonly Topic[],
): PolicyDocument[] {
  const limit = policyLimit(kind, partition);
  const parts = topics.flatMap(({ refuses, statements }) => statements.map((statement) => ({ refuses, statement })));
  const documents: Part[][] = [];
  for (const part of parts) {
    const first = documents.find((document) => sizeOf([...document, part]) <= limit.characters);
    if (first === undefined) documents.push([part]);
    else first.push(part);
    const alone = sizeOf([part]);
    if (alone > limit.characters) {
      throw new PerimeterError(
        `the statement '${part.statement.Sid}' has ${alone} characters, but ${partition} accepts ${limit.characters} in a document ` +
          `(${limit.source}), and a denial can't be split without a change of its meaning; narrow the boundary, or list fewer 'deployRoles'`,
      );
    }
  }
  if (documents.length > limit.own) {
    throw new PerimeterError(
      `the perimeter needs ${documents.length} documents of the kind '${kind}', but ${partition} attaches at most ${limit.own} in addition to its own ` +
        `(${limit.source}); narrow the boundary, or list fewer 'deployRoles'`,
    );
  }
  return documents.map((document, index) => ({
    kind,
    name: documents.length === 1 ? kind : `${kind}-${index + 1}`,
    description: `Denies ${[...new Set(document.map(({ refuses }) => refuses))].join('; ')}.`,
    content: policyOf(document),
  }));
}

const policyOf = (document: readonly Part[]): PerimeterPolicy => ({
  Version: '2012-10-17',
  Statement: document.map(({ statement }) => statement),
});

const sizeOf = (document: readonly Part[]): number => policyText(policyOf(document)).length;
