import type { Page } from '../pages/page';
import { CHECK_INPUTS, variableOf } from './check-inputs';
import { checkScript } from './check-script';
import { COMMENT_SCRIPT } from './comment-script';
import { generatedYaml, packageVersion } from './generated-yaml';

/** Pinned by commit, because a tag can be moved. */
const UPLOAD_SARIF = 'github/codeql-action/upload-sarif@8aad20d150bbac5944a9f9d289da16a4b0d87c1e';

/** The inputs that only GitHub has. */
export const GITHUB_INPUTS = [
  {
    name: 'sarif',
    description: "Whether findings are uploaded to code scanning, which needs 'security-events: write'.",
    fallback: 'true',
  },
  {
    name: 'comment',
    description:
      "Whether a comment on the pull request lists the findings, which needs 'pull-requests: write'. Without a baseline, these are all.",
    fallback: 'true',
  },
] as const;

/**
 * Jobs of other workflows and of a matrix can have the same name, and a job can use the action several times. So a checksum of these and of
 * what is checked tells the reports apart.
 */
const REPORTS = `reports=$(mktemp -d "$RUNNER_TEMP/eu-residency-XXXXXX")
code=0
residency check --format github --report "sarif=$reports/report.sarif" --report "markdown=$reports/report.md" "$@" || code=$?
if [ -f "$reports/report.md" ]; then
  echo "reports=$reports" >> "$GITHUB_OUTPUT"
  sum=$(printf '%s\\n' "$GITHUB_WORKFLOW" "$MATRIX" "$CHECK_PATHS" "$CHECK_REGION" "$CHECK_BOUNDARY" "$CHECK_CONFIG" | cksum)
  echo "check=\${sum%% *}" >> "$GITHUB_OUTPUT"
  cat "$reports/report.md" >> "$GITHUB_STEP_SUMMARY"
fi
exit "$code"
`;

/** The GitHub Action. A failed check doesn't stop its reports, and a failed report doesn't change the result of the check. */
export const githubAction: Page = {
  file: 'action.yml',
  render: () =>
    generatedYaml({
      name: 'EU residency check',
      description:
        'Checks cloud assemblies, CloudFormation templates and Terraform plans: nothing may leave the boundary.',
      inputs: Object.fromEntries(
        [...CHECK_INPUTS, ...GITHUB_INPUTS].map(({ name, description, fallback }) => [
          name,
          { description, required: false, default: fallback },
        ]),
      ),
      runs: {
        using: 'composite',
        steps: [
          {
            name: 'Check',
            id: 'check',
            shell: 'bash',
            env: {
              ...Object.fromEntries(CHECK_INPUTS.map(({ name }) => [variableOf(name), `\${{ inputs.${name} }}`])),
              MATRIX: '${{ toJSON(matrix) }}',
            },
            run: checkScript(packageVersion()) + REPORTS,
          },
          {
            name: 'Upload findings to code scanning',
            if: "${{ !cancelled() && inputs.sarif == 'true' && steps.check.outputs.reports != '' }}",
            'continue-on-error': true,
            uses: UPLOAD_SARIF,
            with: {
              sarif_file: '${{ steps.check.outputs.reports }}/report.sarif',
              category: 'eu-residency-${{ github.job }}-${{ steps.check.outputs.check }}',
            },
          },
          {
            name: 'Comment on the pull request',
            if: "${{ !cancelled() && inputs.comment == 'true' && steps.check.outputs.reports != '' && github.event.pull_request }}",
            shell: 'bash',
            env: {
              GH_TOKEN: '${{ github.token }}',
              GH_ENTERPRISE_TOKEN: '${{ github.token }}',
              PULL_REQUEST: '${{ github.event.pull_request.number }}',
              REPORTS: '${{ steps.check.outputs.reports }}',
              CHECK: '${{ steps.check.outputs.check }}',
              CHECK_OUTCOME: '${{ steps.check.outcome }}',
            },
            run: COMMENT_SCRIPT,
          },
        ],
      },
    }),
};
