import { knownText, type Resource } from '../template/resource';
import type { Language } from './comments';

/** Properties that hold code of one language. */
const CODE: Readonly<Record<string, { readonly path: string; readonly language: Language }>> = {
  'AWS::AppSync::FunctionConfiguration': { path: '/Properties/Code', language: 'javascript' },
  'AWS::AppSync::Resolver': { path: '/Properties/Code', language: 'javascript' },
  'AWS::CloudFront::Function': { path: '/Properties/FunctionCode', language: 'javascript' },
  'AWS::CodeBuild::Project': { path: '/Properties/Source/BuildSpec', language: 'yaml' },
};

/** Properties that hold code of the language that another property names. */
const RUNTIMES: Readonly<Record<string, { readonly path: string; readonly runtime: string }>> = {
  'AWS::Lambda::Function': { path: '/Properties/Code/ZipFile', runtime: 'Runtime' },
  'AWS::Synthetics::Canary': { path: '/Properties/Code/Script', runtime: 'RuntimeVersion' },
};

/** What the first line of a script or a cloud-init file says about the rest. */
const FIRST_LINES: readonly [RegExp, Language][] = [
  [/^#!\s*\/(?:usr\/)?bin\/(?:env\s+)?(?:ba|da)?sh\b/, 'shell'],
  [/^#!\s*\/(?:usr\/)?bin\/(?:env\s+)?python\d?\b/, 'python'],
  [/^#cloud-config\b/, 'yaml'],
];

/** The language of a text; none if it is unknown. */
export function languageOf(resource: Resource, path: string, text: string): Language | undefined {
  const code = CODE[resource.type];
  if (code?.path === path) return code.language;
  const run = RUNTIMES[resource.type];
  if (run?.path === path) return ofRuntime(resource, run.runtime);
  return FIRST_LINES.find(([pattern]) => pattern.test(text))?.[1];
}

/** In every variant of the resource. */
function ofRuntime(resource: Resource, property: string): Language | undefined {
  const runtimes = resource.select(property).map(({ value }) => knownText(value) ?? '');
  if (runtimes.length === 0) return undefined;
  if (runtimes.every((runtime) => /^(?:syn-)?nodejs/.test(runtime))) return 'javascript';
  return runtimes.every((runtime) => /^(?:syn-)?python/.test(runtime)) ? 'python' : undefined;
}
