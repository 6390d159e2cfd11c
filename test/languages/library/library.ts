import { cpSync } from 'node:fs';
import path from 'node:path';
import { run } from '../../package/run';
import { bindings, jsiiTool, project } from '../bindings';
import type { Program } from '../language';
import { program, sourceOf, wheel } from '../python/python';

/** An app in Python of a construct library that extends the package: both are packed. */
export function libraryApp(): Program {
  const folder = project();
  const library = path.join(folder, 'node_modules/acme-chat');
  for (const file of ['package.json', 'lib'])
    cpSync(path.join(__dirname, file), path.join(library, file), { recursive: true });
  for (const [file, text] of [
    ['README.md', 'README.md'],
    ['LICENSE', 'LICENSE'],
  ] as const)
    cpSync(path.join(__dirname, '../../..', text), path.join(library, file));
  jsiiTool('jsii', ['--silence-warnings', 'metadata/missing-dev-dependency'], library);
  run(library, 'npm', 'pack', '--ignore-scripts');
  const wheels = ['cdk-eu-residency', 'acme-chat'].map((name) => wheel(bindings('python', folder, name)));
  return program(sourceOf('library_app.py'), wheels);
}
