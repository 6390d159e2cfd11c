import type { Page } from '../pages/page';
import { CHECK_INPUTS, variableOf } from './check-inputs';
import { checkScript } from './check-script';
import { generatedYaml, packageVersion } from './generated-yaml';

/** The inputs that only GitLab has. */
export const GITLAB_INPUTS = [
  { name: 'job-name', description: 'Name of the job.', fallback: 'eu-residency' },
  { name: 'stage', description: 'Stage of the job. It gets the artifacts of the stages before.', fallback: 'test' },
  {
    name: 'image',
    description:
      "Image with Node.js 20.19 or newer. A tag can move to another image; a digest (node@sha256:...) can't.",
    fallback: 'node:24',
  },
  {
    name: 'prepare',
    description: 'Shell commands that run first in the job, such as npm ci && npx cdk synth --quiet.',
    fallback: ':',
  },
] as const;

const CODE_QUALITY = 'gl-code-quality-report.json';
const JUNIT = 'eu-residency-junit.xml';

/** The GitLab component. GitLab finds it by its path, and shows both reports in the merge request. */
export const gitlabComponent: Page = {
  file: 'templates/check.yml',
  render: () =>
    generatedYaml(
      {
        spec: {
          inputs: Object.fromEntries(
            [...GITLAB_INPUTS, ...CHECK_INPUTS].map(({ name, description, fallback }) => [
              name,
              { description, default: fallback },
            ]),
          ),
        },
      },
      {
        '$[[ inputs.job-name ]]': {
          stage: '$[[ inputs.stage ]]',
          image: '$[[ inputs.image ]]',
          variables: Object.fromEntries(CHECK_INPUTS.map(({ name }) => [variableOf(name), `$[[ inputs.${name} ]]`])),
          script: [
            '$[[ inputs.prepare ]]',
            `${checkScript(packageVersion())}residency check --report gitlab=${CODE_QUALITY} --report junit=${JUNIT} "$@"\n`,
          ],
          artifacts: {
            when: 'always',
            paths: [CODE_QUALITY, JUNIT],
            reports: { codequality: CODE_QUALITY, junit: JUNIT },
          },
        },
      },
    ),
};
