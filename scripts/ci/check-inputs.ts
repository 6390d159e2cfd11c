/** An input of both the GitHub Action and the GitLab component. */
export interface CheckInput {
  readonly name: string;
  /** In the docs and in the inputs' own descriptions. */
  readonly description: string;
  readonly fallback: string;
  /** The option of `eu-residency check` that has its value; none if the script uses the input itself. */
  readonly option?: `--${string}`;
}

/** What both read. The scripts get each as a variable, so that no value becomes part of a script. */
export const CHECK_INPUTS: readonly CheckInput[] = [
  {
    name: 'paths',
    description: 'What to check, one path or glob on each line: cloud assemblies, and whatever else the command reads.',
    fallback: 'cdk.out',
  },
  {
    name: 'region',
    description: 'Deploy Regions of templates that name none, with commas between them.',
    fallback: '',
    option: '--region',
  },
  {
    name: 'boundary',
    description: 'The boundary: eu, eea or countries such as DE,FR. By default that of `config`, otherwise eu.',
    fallback: '',
    option: '--boundary',
  },
  {
    name: 'config',
    description: 'A residency.yaml, for its boundary and declarations.',
    fallback: '',
    option: '--config',
  },
  {
    name: 'exceptions',
    description: 'A residency-exceptions.yaml.',
    fallback: '',
    option: '--exceptions',
  },
  {
    name: 'baseline',
    description: 'A residency-baseline.json: only findings that it does not contain are reported and block.',
    fallback: '',
    option: '--baseline',
  },
  {
    name: 'unresolved',
    description: 'Whether a value that cannot be decided blocks: block or warn.',
    fallback: 'block',
    option: '--unresolved',
  },
  {
    name: 'package',
    description:
      'Where npm gets the package: a name with a version, a tarball such as ./vendor/package.tgz, or an ' +
      'address. By default the installed one, otherwise the version of this file.',
    fallback: '',
  },
  {
    name: 'registry',
    description: 'Address of an npm registry or of an internal mirror. By default the one that npm is configured with.',
    fallback: '',
  },
];

/** The variable in which the scripts find an input. */
export const variableOf = (name: string): string => `CHECK_${name.replaceAll('-', '_').toUpperCase()}`;
