import type { Json } from '../template/parse';

/** Whether a document is a plan, as `terraform show -json` and `tofu show -json` write it. */
export const isPlan = (document: Json): boolean => 'planned_values' in document || 'resource_changes' in document;

/** What to do for a plan that the guard can read. */
const HOW =
  'write it with `terraform plan -out=plan.tfplan && terraform show -json plan.tfplan > plan.json` (or `tofu`)';

const FOR_PEOPLE = `it is the text that \`terraform plan\` prints for people; ${HOW}`;

/** What to do with a document of a tool that the guard doesn't read, if it is one. */
export function otherTool(document: Json): string | undefined {
  if ('terraform_version' in document || 'lineage' in document)
    return `this is a state of Terraform, which doesn't show what will change; ${HOW}`;
  if (Array.isArray(document.steps) && 'config' in document)
    return "this is a preview of Pulumi, which isn't supported; check the templates of what it deploys (get one with `aws cloudformation get-template`)";
  // A short text of it is valid YAML, with its first line as a key.
  if (Object.keys(document).some((key) => /^(?:Terraform|OpenTofu) will perform/.test(key))) return FOR_PEOPLE;
  return undefined;
}

const START = /^\s*\{\s*"format_version"\s*:/;

/** Whether the first bytes of a file are the start of a plan as JSON. */
export const isPlanStart = (start: Buffer): boolean => START.test(start.subarray(0, 64).toString('latin1'));

/** What to do with a plan that Terraform saved for itself. */
export const PLAN_FILE =
  'if it is a plan that `terraform plan -out` wrote, convert it: `terraform show -json FILE > plan.json` (or `tofu show`)';

/** Why an unreadable text isn't a plan that the guard can read, if Terraform or OpenTofu wrote it; otherwise none. */
export function notAPlan(text: string): string | undefined {
  const [first = ''] = text.trimStart().split('\n', 1);
  if (/^\{.*"@module"\s*:\s*"(?:terraform|tofu)\.ui"/.test(first))
    return `it is the log of \`terraform plan -json\`, which doesn't contain the plan; ${HOW}`;
  if (
    /^.{0,12}(?:Terraform|OpenTofu) (?:used the|will perform)|^.{0,12}# \S+ will be created/m.test(
      text.slice(0, 20_000),
    )
  )
    return FOR_PEOPLE;
  if (START.test(text)) return `it is a plan that ends too early or isn't valid JSON; ${HOW}`;
  return undefined;
}
