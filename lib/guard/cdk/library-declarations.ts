import type { IConstruct } from 'constructs';
import { visible } from '../../html/visible';
import { RULES } from '../rules';
import { proposalProblem } from './proposal-problem';

/** An exception that a construct library considers justified for its own resources. */
export interface ProposedException {
  /** Id of the rule, as each finding shows it. */
  readonly rule: string;
  /**
   * Type of the resources.
   *
   * @default - resources of any type below the construct
   */
  readonly type?: string;
  /**
   * JSON pointer within the resource, as the finding shows it; a glob.
   *
   * @default - any property
   */
  readonly property?: string;
  /**
   * The value, exactly as the finding shows it.
   *
   * @default - any value
   */
  readonly value?: string;
  /** The reason why it is justified. The app's owner reads it, and decides. */
  readonly reason: string;
}

/** A place that a construct library knows and the facts don't. Exactly one of `host`, `bucket` and `type`. */
export interface ProposedPlace {
  /**
   * Host outside AWS; `*` matches one label, `**` several.
   *
   * @default - none
   */
  readonly host?: string;
  /**
   * Name of an S3 bucket that the app doesn't create; `*` matches any text.
   *
   * @default - none
   */
  readonly bucket?: string;
  /**
   * Resource type that passes data to third parties; `*` matches any text.
   *
   * @default - none
   */
  readonly type?: string;
  /** Country in which it stores and processes data: ISO 3166-1 alpha-2. */
  readonly country: string;
  /** The source of this information. */
  readonly reason: string;
}

/** What a construct library proposes to the owners of apps. */
export interface LibraryDeclarationsProps {
  /** The library, as its users know it, such as `acme-chat 1.2.0`. */
  readonly library: string;
  /**
   * Exceptions for resources below the construct.
   *
   * @default - none
   */
  readonly exceptions?: ProposedException[];
  /**
   * Places of hosts, buckets and third-party types that the construct uses.
   *
   * @default - none
   */
  readonly places?: ProposedPlace[];
}

/** On a construct. Shared by all copies of the package: a library may have another one than the app. */
const PROPOSALS = Symbol.for('cdk-eu-residency.proposals');

interface Proposing extends IConstruct {
  [PROPOSALS]?: LibraryDeclarationsProps[];
}

/**
 * Declarations that a construct library ships with its constructs. They permit nothing. While a finding below the construct blocks an
 * app, the guard shows the library's reason with it, and the declaration to paste: the app's owner accepts it by adding it to their own
 * `residency-exceptions.yaml`, with an approver and an expiry date.
 */
export class LibraryDeclarations {
  /**
   * Proposes declarations for what a construct contains. Call it in the construct's constructor.
   *
   * @param scope the construct; the proposals concern nothing outside it
   * @throws if a proposal could never apply, such as one for a rule that doesn't exist, or a place that the owner's file would refuse
   */
  public static propose(scope: IConstruct, props: LibraryDeclarationsProps): void {
    const wrong = problemWith(props);
    if (wrong !== undefined) throw new Error(`${scope.node.path || 'the app'}: can't propose declarations: ${wrong}`);
    const proposing = scope as Proposing;
    proposing[PROPOSALS] = [...(proposing[PROPOSALS] ?? []), props];
  }

  /**
   * The proposals of a construct itself.
   *
   * @internal
   */
  public static _of(scope: IConstruct): readonly LibraryDeclarationsProps[] {
    return (scope as Proposing)[PROPOSALS] ?? [];
  }
}

const isLine = (text: string) => text.trim() !== '' && visible(text) === text;

function problemWith(props: LibraryDeclarationsProps): string | undefined {
  const { library, exceptions = [], places = [] } = props;
  if (!isLine(library)) return "'library' must be the library's name in one line, and isn't; set it";
  for (const [index, { rule, reason }] of exceptions.entries()) {
    if (!RULES.some(({ id }) => id === rule)) {
      return `'exceptions[${index}].rule' must be the id of a rule, and no rule has this id; 'eu-residency explain' lists them`;
    }
    if (!isLine(reason)) return `'exceptions[${index}].reason' must be a reason in one line, and isn't; set it`;
  }
  for (const [index, { host, bucket, type, reason }] of places.entries()) {
    const named = [host, bucket, type].filter((name) => name !== undefined);
    if (named.length !== 1) {
      return `'places[${index}]' must have exactly one of 'host', 'bucket' and 'type', and has ${named.length}`;
    }
    if (!isLine(reason)) return `'places[${index}].reason' must be a reason in one line, and isn't; set it`;
  }
  return proposalProblem(props);
}
