import { readdirSync } from 'node:fs';
import path from 'node:path';
import { run } from '../package/run';
import { bindings, project } from './bindings';
import { missingTool } from './tools';

// Go compiles a large part of the CDK.
jest.setTimeout(1_800_000);

const has = (language: string) => missingTool(language) === undefined;

test('Go: the sources are generated, with the packed package in them, and compile', () => {
  const folder = path.join(bindings('go', project()), 'cdkeuresidency');
  expect(readdirSync(folder)).toEqual(expect.arrayContaining(['ResidencyGuard.go', 'Workspace.go', 'go.mod']));
  expect(readdirSync(path.join(folder, 'jsii'))).toContain('cdk-eu-residency-0.1.0.tgz');
  if (has('Go')) {
    run(folder, 'go', 'mod', 'tidy');
    run(folder, 'go', 'build', './...');
  }
});

test('.NET: the sources are generated, with the packed package in them, and compile where there is a compiler', () => {
  const folder = path.join(bindings('dotnet', project()), 'CdkEuResidency');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  expect(files).toEqual(expect.arrayContaining(['CdkEuResidency.csproj', 'cdk-eu-residency-0.1.0.tgz']));
  if (has('.NET')) run(folder, 'dotnet', 'build');
});
