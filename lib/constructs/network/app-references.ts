import {
  CfnElement,
  CfnOutput,
  CfnParameter,
  CfnResource,
  DefaultTokenResolver,
  type IPostProcessor,
  type IResolvable,
  type IResolveContext,
  Reference,
  Stack,
  Tokenization,
} from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { namedBy } from '../../perimeter/named-by';

/** A resource as its template has it, with every override, and what its properties name. */
export interface RenderedResource {
  readonly type: string;
  /** The values, in which `Fn::Target` stands for a reference of CDK. */
  readonly properties: Readonly<Record<string, unknown>>;
  readonly mentions: readonly Mention[];
}

/** A place in the properties of a resource that names an element of the app, in whichever stack and spelling. */
export interface Mention {
  readonly path: readonly string[];
  readonly target: CfnElement;
}

/**
 * What the resources of an app refer to. CDK's own references name their target, also across stacks and before they are exported. A
 * `Ref`, `Fn::GetAtt`, `Fn::Sub` or `Fn::ImportValue` that was written by hand is looked up.
 */
export class AppReferences {
  /** The resources of all stacks. */
  public readonly resources: readonly CfnResource[];
  private readonly elements: readonly CfnElement[];
  private readonly byStack = new Map<Stack, ReadonlyMap<string, CfnElement>>();
  private readonly ofOutputs = new Map<CfnOutput, readonly Found[]>();
  private exports?: Map<string, readonly CfnOutput[]>;

  constructor(root: IConstruct) {
    this.elements = root.node.findAll().filter(CfnElement.isCfnElement);
    this.resources = this.elements.filter(CfnResource.isCfnResource);
  }

  /** Renders a resource. */
  public render(resource: CfnResource): RenderedResource {
    const { type, properties, found } = this.parts(resource);
    const mentions = found.flatMap((one) =>
      'target' in one ? one : this.exported(one.name).map((target) => ({ path: one.path, target })),
    );
    return { type, properties, mentions };
  }

  private parts(resource: CfnResource): Omit<RenderedResource, 'mentions'> & { readonly found: readonly Found[] } {
    const { value, targets } = rendered(resource);
    const [definition] = Object.values((value as { Resources?: Record<string, Definition> }).Resources ?? {});
    const properties = definition?.Properties ?? {};
    const found = [...this.found(properties, [], Stack.of(resource), targets)];
    return { type: definition?.Type ?? resource.cfnResourceType, properties, found };
  }

  private *found(
    value: unknown,
    path: readonly string[],
    stack: Stack,
    targets: readonly CfnElement[],
  ): Generator<Found, void, undefined> {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, part] of Object.entries(value)) {
      const target = key === TARGET ? targets[Number(part)] : undefined;
      if (target !== undefined) yield* this.at(path, target);
      else if (key === 'Fn::ImportValue' && typeof part === 'string') yield { path, name: part };
      else {
        for (const logicalId of namedBy(key, part)) {
          const named = this.in(stack).get(logicalId);
          if (named !== undefined) yield* this.at(path, named);
        }
        yield* this.found(part, /^(Ref$|Fn::)/.test(key) ? path : [...path, key], stack, targets);
      }
    }
  }

  private *at(path: readonly string[], target: CfnElement): Generator<Found, void, undefined> {
    yield { path, target };
    const nested = target.stack.nestedStackResource;
    if (!(target instanceof CfnParameter) || nested === undefined) return;
    // The parameter of a nested stack stands for what its parent passes.
    const name = target.stack.resolve(target.logicalId);
    for (const passed of this.parts(nested as CfnResource).found)
      if (passed.path[1] === name) yield { ...passed, path };
  }

  /**
   * What an export stands for, through exports of imports, which may lead back to it. Of a name in several Regions, all are meant: a stack's
   * Region may be unknown.
   */
  private exported(name: string, followed = new Set<string>()): readonly CfnElement[] {
    if (followed.has(name)) return [];
    followed.add(name);
    return (this.outputs().get(name) ?? [])
      .flatMap((output) => this.foundIn(output))
      .flatMap((one) => ('target' in one ? one.target : this.exported(one.name, followed)));
  }

  private foundIn(output: CfnOutput): readonly Found[] {
    const known = this.ofOutputs.get(output);
    if (known !== undefined) return known;
    const { value, targets } = rendered(output);
    const found = [...this.found(value, [], output.stack, targets)];
    this.ofOutputs.set(output, found);
    return found;
  }

  private in(stack: Stack): ReadonlyMap<string, CfnElement> {
    const known = this.byStack.get(stack);
    if (known !== undefined) return known;
    const own = this.elements.filter((element) => element.stack === stack);
    const found = new Map(own.map((element) => [stack.resolve(element.logicalId) as string, element]));
    this.byStack.set(stack, found);
    return found;
  }

  /** The exports by their names, of which each Region has its own. */
  private outputs(): ReadonlyMap<string, readonly CfnOutput[]> {
    if (this.exports !== undefined) return this.exports;
    this.exports = new Map();
    for (const output of this.elements) {
      if (!(output instanceof CfnOutput) || output.exportName === undefined) continue;
      const name = String(output.stack.resolve(output.exportName));
      this.exports.set(name, [...(this.exports.get(name) ?? []), output]);
    }
    return this.exports;
  }
}

interface Definition {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

/** A mention, or an import by the name of an export. */
type Found = Mention | { readonly path: readonly string[]; readonly name: string };

/** Looks like a function of CloudFormation, so that CDK's checks of properties accept it. */
const TARGET = 'Fn::Target';

/** The rendering is internal to CDK, and the only one that shows overrides. */
function rendered(element: CfnElement): { value: unknown; targets: readonly CfnElement[] } {
  const targets: CfnElement[] = [];
  const { _toCloudFormation } = element as unknown as { _toCloudFormation(): object };
  const resolver = new TargetResolver(targets);
  const value = Tokenization.resolve(_toCloudFormation.call(element), { scope: element, resolver, preparing: false });
  return { value, targets };
}

/** Leaves references unresolved, because those to other stacks resolve to their target only once CDK has prepared them. */
class TargetResolver extends DefaultTokenResolver {
  constructor(private readonly targets: CfnElement[]) {
    super({ join: (left: unknown, right: unknown) => ({ 'Fn::Join': ['', [left, right]] }) });
  }

  public override resolveToken(token: IResolvable, context: IResolveContext, post: IPostProcessor): unknown {
    const target = targetOf(token);
    return target === undefined
      ? super.resolveToken(token, context, post)
      : { [TARGET]: this.targets.push(target) - 1 };
  }
}

/** The element that a token refers to. A weak reference, by `Stack.consumeReference`, wraps the reference itself. */
export function targetOf(token: object): CfnElement | undefined {
  const reference = 'reference' in token ? token.reference : token;
  if (!Reference.isReference(reference)) return undefined;
  const { target } = reference;
  return CfnElement.isCfnElement(target) ? target : undefined;
}
