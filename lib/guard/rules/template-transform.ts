import type { Breach, TemplateRule } from '../rule/rule';
import { isLoop } from '../template/language-extensions';
import { isMap, spelled, Unresolved } from '../template/node';
import type { Json } from '../template/parse';
import { entry, section } from '../template/scope';

export const templateTransform: TemplateRule = {
  id: 'template-transform',
  title: 'No macro rewrites the template after the check',
  why: 'A transform runs at deploy and can add or change any resource, so what was checked is not what is deployed.',
  fix: 'Check the processed template (CloudFormation gives it: `aws cloudformation get-template --template-stage Processed`), or write the resources out.',
  source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/transform-section-structure.html',
  appliesTo: 'template',

  *check({ scope }) {
    // SAM and the language extensions have run by now, so what is left is what only the deployment can run.
    const { Transform } = scope.template;
    if (Transform !== undefined) {
      const named = Array.isArray(Transform) && Transform.length === 1 ? Transform[0] : Transform;
      yield {
        path: '/Transform',
        value: typeof named === 'string' ? named : JSON.stringify(named),
        level: 'unresolved',
        detail: 'the template is rewritten by a macro',
      };
    }
    if (!holdsMacro(scope.template)) return;
    for (const breach of macros(scope.template, '')) {
      yield isCode(breach.path, scope.template)
        ? { ...breach, level: 'info', detail: `${breach.detail}; it is code` }
        : breach;
    }
  },
};

const isMacro = (key: string) => key === 'Fn::Transform' || isLoop(key);

/** Most templates hold none, and looking for one is much cheaper than keeping track of where it would be. */
function holdsMacro(node: unknown): boolean {
  if (typeof node !== 'object' || node === null) return false;
  for (const key in node) {
    const child = (node as Record<string, unknown>)[key];
    if (isMacro(key) || (typeof child === 'object' && holdsMacro(child))) return true;
  }
  return false;
}

function* macros(node: unknown, path: string): Generator<Breach> {
  if (Array.isArray(node)) for (const [index, item] of node.entries()) yield* macros(item, `${path}/${index}`);
  else if (isMap(node)) {
    for (const [key, child] of Object.entries(node)) {
      if (isMacro(key)) yield { path: `${path}/${key}`, level: 'unresolved', ...told(key, child) };
      else yield* macros(child, `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`);
    }
  }
}

/** Where types hold nothing but code, which the guard doesn't read where it lies in a bucket either. */
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

/** What a macro is called, or why a loop can't be written out. */
function told(key: string, argument: unknown): { detail: string; value?: string; fix?: string } {
  if (argument instanceof Unresolved) return { detail: argument.reason, fix: LOOP_FIX };
  if (isLoop(key)) {
    const detail = "a loop stands in a template that doesn't name the transform 'AWS::LanguageExtensions'";
    return { detail, fix: "Add 'AWS::LanguageExtensions' to 'Transform', or write out what the loop makes." };
  }
  const name = isMap(argument) && typeof argument.Name === 'string' ? argument.Name : undefined;
  const detail = 'a part of the template is rewritten by a macro';
  return name === undefined ? { detail } : { detail: `${detail}, '${name}'`, value: name };
}

const LOOP_FIX =
  'Give the loop a list of texts, or a parameter with a default or allowed values; or write out what it makes.';
