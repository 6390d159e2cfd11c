/** A way through the code: the files that something passes, in order. */
export interface Walkthrough {
  readonly title: string;
  readonly intro: string;
  /** Each step imports, directly or through others, none of those before it: the first file reaches all of them. */
  readonly steps: readonly { readonly file: string; readonly does: string }[];
}

export const WALKTHROUGHS: readonly Walkthrough[] = [
  {
    title: 'A template through the guard',
    intro: '`eu-residency check cdk.out` reads a cloud assembly and checks each template.',
    steps: [
      { file: 'lib/cli/commands/check.ts', does: 'reads the options and the configuration, and prints the report' },
      {
        file: 'lib/guard/assembly/read-inputs.ts',
        does: 'finds the templates of an assembly, and the files that they refer to',
      },
      {
        file: 'lib/guard/check/check-inputs.ts',
        does: 'checks each template, then applies exceptions and the baseline',
      },
      {
        file: 'lib/guard/check/check-template.ts',
        does: 'runs every rule over every resource; the one pure function of the guard',
      },
      { file: 'lib/guard/template/parse.ts', does: 'reads JSON or YAML into nodes that know their path' },
      { file: 'lib/guard/template/resource.ts', does: 'gives a rule a resource with its properties resolved' },
      { file: 'lib/guard/rules/place-outside.ts', does: 'is a rule: it scans each value for places' },
      { file: 'lib/guard/scan/places-in-text.ts', does: 'finds Regions, zones, ARNs, hosts and profiles in a text' },
      { file: 'lib/boundary/boundary.ts', does: 'decides whether a place is inside' },
      {
        file: 'lib/guard/declarations/apply-declarations.ts',
        does: 'lets approved exceptions pass, and reports expired and unused ones',
      },
      { file: 'lib/guard/report/report.ts', does: 'sorts and counts the findings for every output format' },
    ],
  },
  {
    title: 'A chat through the gateway',
    intro: "A project's client posts to `/v1/chat/completions` of a deployed gateway.",
    steps: [
      { file: 'lib/runtime/gateway/lambda.ts', does: 'builds the gateway once for each Lambda environment' },
      {
        file: 'lib/runtime/gateway/policy/admitted-policy.ts',
        does: 'checks each destination of the deployed policy against the boundary again',
      },
      { file: 'lib/runtime/gateway/keys/require-key.ts', does: "authenticates the project's API key" },
      { file: 'lib/runtime/gateway/limits/limits.ts', does: 'counts the request and refuses one over a limit' },
      {
        file: 'lib/runtime/gateway/freshness/require-verified.ts',
        does: 'drops Regions whose retention mode has no recent check',
      },
      { file: 'lib/runtime/gateway/chat/serve-chat.ts', does: 'validates the body and streams the answer' },
      { file: 'lib/runtime/gateway/routing/decide.ts', does: 'decides on destinations, or refuses with a reason' },
      { file: 'lib/runtime/gateway/context/ask.ts', does: 'asks the destinations in order' },
      {
        file: 'lib/runtime/gateway/routing/failover.ts',
        does: 'moves on when a destination fails, never on a refusal of content',
      },
      { file: 'lib/runtime/gateway/bedrock/bedrock.ts', does: 'calls Bedrock Converse in the source Region' },
    ],
  },
  {
    title: 'An erasure',
    intro:
      'An administrator requests the erasure of a member. A state machine calls a function for each step, and each function has one role.',
    steps: [
      {
        file: 'lib/runtime/rights/deployed/functions.ts',
        does: 'builds the function of administrators and that of each role',
      },
      { file: 'lib/runtime/rights/api/routes.ts', does: "serves the administrator's request" },
      {
        file: 'lib/runtime/rights/decisions/erasures.ts',
        does: 'decides whether the erasure may start, and stores the job',
      },
      {
        file: 'lib/runtime/rights/deployed/step-handler.ts',
        does: "runs a step for the state machine, if it is this role's",
      },
      { file: 'lib/runtime/rights/jobs/job-runner.ts', does: 'runs the step and stores its result with the job' },
      {
        file: 'lib/runtime/rights/jobs/step-actors.ts',
        does: 'names the steps in order, with the role of each: canary, counts, rows, objects, days, key, late writes, test, certificate',
      },
      {
        file: 'lib/runtime/rights/steps/erasure-steps.ts',
        does: "are the eraser's steps: counting, deleting, and the key last",
      },
      { file: 'lib/runtime/rights/store/delete-content.ts', does: 'deletes rows and all versions of objects' },
      {
        file: 'lib/runtime/workspace/keyring/branch-key-erasure.ts',
        does: "deletes each version of the member's branch key",
      },
      {
        file: 'lib/runtime/rights/steps/verification-steps.ts',
        does: "are the verifier's steps: encrypting the canary before, and proving after that it can't be decrypted",
      },
      { file: 'lib/runtime/rights/steps/certificate.ts', does: 'writes the certificate to the evidence bucket' },
    ],
  },
];
