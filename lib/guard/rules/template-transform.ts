import { isMap } from '../template/node';
import type { TemplateRule } from './rule';

export const templateTransform: TemplateRule = {
  id: 'template-transform',
  title: 'No macro rewrites the template after the check',
  why: 'A transform runs at deploy and can add or change any resource, so what was checked is not what is deployed.',
  fix: 'Deploy the processed template (for SAM: `sam build`, then check what it generates), or write the resources out.',
  source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/transform-section-structure.html',
  appliesTo: 'template',

  *check({ scope }) {
    const { Transform } = scope.template;
    if (Transform !== undefined) {
      yield {
        path: '/Transform',
        value: JSON.stringify(Transform),
        level: 'unresolved',
        detail: 'the template is rewritten by a macro',
      };
    }
    if (!holdsMacro(scope.template)) return;
    for (const path of macros(scope.template, '')) {
      yield { path, level: 'unresolved', detail: 'a part of the template is rewritten by a macro' };
    }
  },
};

const isMacro = (key: string) => key === 'Fn::Transform' || key.startsWith('Fn::ForEach::');

/** Most templates hold none, and looking for one is much cheaper than keeping track of where it would be. */
function holdsMacro(node: unknown): boolean {
  if (typeof node !== 'object' || node === null) return false;
  for (const key in node) {
    if (isMacro(key) || holdsMacro((node as Record<string, unknown>)[key])) return true;
  }
  return false;
}

function* macros(node: unknown, path: string): Generator<string> {
  if (Array.isArray(node)) for (const [index, item] of node.entries()) yield* macros(item, `${path}/${index}`);
  else if (isMap(node)) {
    for (const [key, child] of Object.entries(node)) {
      if (isMacro(key)) yield `${path}/${key}`;
      else yield* macros(child, `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`);
    }
  }
}
