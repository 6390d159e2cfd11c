import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { ResidencyDeployment } from 'cdk-eu-residency';
import { expectResident } from 'cdk-eu-residency/testing';

const config = process.env.RESIDENCY_CONFIG;
const deployment = ResidencyDeployment.fromFile({ config, outdir: mkdtempSync(path.join(tmpdir(), 'cdk-')) });

test('the deployment is resident: nothing can leave the boundary', () => expectResident(deployment));

test('each workspace has its own stack', () => {
  const stacks = deployment.workspaces.map((workspace) => workspace.stackName);
  assert.equal(new Set(stacks).size, stacks.length);
});
