import type { TemplateRule, Violation } from '../rule/rule';
import { isLoop, isMacro } from '../template/language-extensions';
import { isMap, spelled, Unresolved } from '../template/node';
import type { Json } from '../template/parse';
import { entry, section } from '../template/scope';

export const templateTransform: TemplateRule = {
  id: 'template-transform',
  title: 'No macro rewrites the template after the check',
  why: "A transform runs at deployment and can add or change any resource, so the deployed template isn't the one that was checked.",
  fix: 'Check the processed template (get it with `aws cloudformation get-template --template-stage Processed`), or write the resources out.',
  source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/transform-section-structure.html',
  appliesTo: 'template',

  *check({ scope }) {
    // SAM and the language extensions have already run; only CloudFormation can run the transforms that remain.
    const { Transform } = scope.template;
    if (Transform !== undefined) {
      const macro = Array.isArray(Transform) && Transform.length === 1 ? Transform[0] : Transform;
      yield {
        path: '/Transform',
        value: typeof macro === 'string' ? macro : JSON.stringify(macro),
        level: 'unresolved',
        detail: 'a macro rewrites the template',
      };
    }
    if (!holdsMacro(scope.template)) return;
    for (const violation of macros(scope.template, '')) {
      yield isCode(violation.path, scope.template)
        ? { ...violation, level: 'info', detail: `${violation.detail}; it is code` }
        : violation;
    }
  },
};

/** Most templates have none, and a plain search is much cheaper than one that tracks paths. */
function holdsMacro(node: unknown): boolean {
  if (typeof node !== 'object' || node === null) return false;
  for (const key in node) {
    const child = (node as Record<string, unknown>)[key];
    if (isMacro(key) || (typeof child === 'object' && holdsMacro(child))) return true;
  }
  return false;
}

function* macros(node: unknown, path: string): Generator<Violation> {
  if (Array.isArray(node)) for (const [index, item] of node.entries()) yield* macros(item, `${path}/${index}`);
  else if (isMap(node)) {
    for (const [key, child] of Object.entries(node)) {
      if (isMacro(key)) yield { path: `${path}/${key}`, level: 'unresolved', ...detailOf(key, child) };
      else yield* macros(child, `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`);
    }
  }
}

/** Properties that hold only code, which the guard doesn't read in a bucket either. */
const CODE: Readonly<Record<string, RegExp>> = {
  'AWS::Lambda::Function': /^Code(?:\/|$)/,
  'AWS::Lambda::LayerVersion': /^Content(?:\/|$)/,
  'AWS::Serverless::Function': /^(?:CodeUri|InlineCode)(?:\/|$)/,
  'AWS::Serverless::LayerVersion': /^ContentUri(?:\/|$)/,
};

function isCode(path: string, template: Json): boolean {
  const [, logicalId = '', property = ''] = /^\/Resources\/([^/]+)\/Properties\/(.+)\/Fn::Transform$/.exec(path) ?? [];
  const resource = entry(section(template, 'Resources'), logicalId);
  if (!isMap(resource)) return false;
  const type = spelled(resource.Type);
  return Object.hasOwn(CODE, type) && CODE[type]?.test(property) === true;
}

/** The name of a macro, or the reason why a loop can't be unrolled. */
function detailOf(key: string, argument: unknown): { detail: string; value?: string; fix?: string } {
  if (argument instanceof Unresolved) return { detail: argument.reason, fix: LOOP_FIX };
  if (isLoop(key)) {
    const detail = "the template contains a loop but doesn't declare the transform 'AWS::LanguageExtensions'";
    return {
      detail,
      fix: "Add 'AWS::LanguageExtensions' to 'Transform', or write out the entries that the loop generates.",
    };
  }
  const name = isMap(argument) && typeof argument.Name === 'string' ? argument.Name : undefined;
  const detail = 'a macro rewrites part of the template';
  return name === undefined ? { detail } : { detail: `the macro '${name}' rewrites part of the template`, value: name };
}

const LOOP_FIX =
  'Give the loop a list of strings, or a parameter with a default or allowed values; or write out the entries that it generates.';
