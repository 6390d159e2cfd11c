import type { Page } from '../pages/page';
import { generatedYaml, packageVersion } from './generated-yaml';

/**
 * The hook for pre-commit. npm gets the package, because pre-commit's own installation of Node packages builds them without their
 * development dependencies, which this one needs.
 */
export const preCommitHooks: Page = {
  file: '.pre-commit-hooks.yaml',
  render: () =>
    generatedYaml([
      {
        id: 'eu-residency',
        name: 'EU residency',
        description: 'Checks the CloudFormation and SAM templates of a commit.',
        entry: `npx --yes --package cdk-eu-residency@${packageVersion()} eu-residency check`,
        // Names of files come last, and a name may look like an option.
        args: ['--'],
        language: 'system',
        files: String.raw`(^|/)([^/]*[._-])?template\.(json|ya?ml)$`,
        require_serial: true,
      },
    ]),
};
